namespace Aico.Host.Calls;

/// <summary>Sees what happens in a call. Called in order, one event at a time, on the call's own thread of work: it returns at once and never throws.</summary>
internal interface ICallObserver
{
    /// <summary>True for one that shows what is heard while it is heard: it gets <see cref="AnswerHeard"/> events.</summary>
    bool FollowsSpeech => false;

    void On(CallEvent callEvent);
}

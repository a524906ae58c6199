namespace Aico.Host.Calls;

/// <summary>Several observers of one call, told in their order.</summary>
internal sealed class CallObservers(params ICallObserver[] observers) : ICallObserver
{
    public bool FollowsSpeech { get; } = Array.Exists(observers, observer => observer.FollowsSpeech);

    public void On(CallEvent callEvent)
    {
        foreach (var observer in observers)
        {
            observer.On(callEvent);
        }
    }
}

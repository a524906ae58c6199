namespace Aico.Host.Calls;

/// <summary>Sees what happens in a call. Called in order, one event at a time, on the call's own thread of work: it returns at once and never throws.</summary>
internal interface ICallObserver
{
    void On(CallEvent callEvent);
}

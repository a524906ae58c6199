using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>Keeps a call's events and passes them on. Read it when the call has ended.</summary>
internal sealed class CallLog(params IReadOnlyList<ICallObserver> others) : ICallObserver
{
    private readonly List<CallEvent> _events = [];

    public IReadOnlyList<CallEvent> Events => _events;

    public IEnumerable<TurnRecord> Turns => _events.OfType<TurnCompleted>().Select(completed => completed.Turn);

    public IEnumerable<StageFailed> Errors => _events.OfType<StageFailed>();

    public void On(CallEvent callEvent)
    {
        _events.Add(callEvent);
        foreach (var other in others)
        {
            other.On(callEvent);
        }
    }
}

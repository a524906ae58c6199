namespace Aico.Host.Calls.Trials;

/// <summary>Sees what becomes of the one turn of a trial.</summary>
internal sealed class TrialWatch(CallStage stage) : ICallObserver
{
    private readonly List<ProviderAttempt> _attempts = [];
    private readonly Queue<string> _messages = new();
    private bool _answered;

    /// <summary>Told when the turn is over.</summary>
    public Action Ended { get; set; } = () => { };

    public void On(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case ProviderAttempted { Attempt: var attempt } when attempt.Stage == stage:
                _attempts.Add(attempt);
                break;
            case StageFailed failed when failed.Stage == stage:
                _messages.Enqueue(failed.Message);
                break;
            case TurnCompleted { Turn: { CallerText.Length: > 0 } turn }:
                _answered = turn.HeardText.Length > 0;
                Ended();
                break;
            case TurnCompleted:
                // An apology or a goodbye: the trial has failed.
                Ended();
                break;
        }
    }

    public ChainTrialReport Report(InjectedFault? fault)
    {
        var entries = _attempts.Select(attempt => new EntryTrial(
            attempt.Provider,
            attempt.Position,
            attempt.Outcome != AttemptOutcome.Failed,
            attempt.ConnectLatency,
            attempt.FirstResultLatency,
            attempt.Duration,
            attempt.Failure,
            attempt.Outcome == AttemptOutcome.Failed && _messages.TryDequeue(out var message) ? message : null)).ToList();
        // A session that was opened behind the answer, as speech-to-text does on its way back to the first, gave nothing to it.
        var by = _answered ? _attempts.FindLast(attempt => attempt is { Outcome: not AttemptOutcome.Failed, FirstResultLatency: not null }) : null;
        return new ChainTrialReport
        {
            Injected = fault,
            Answered = by is not null,
            Reason = by is null && _messages.TryPeek(out var reason) ? reason : null,
            AnsweredBy = by?.Provider,
            Failover = by is null ? TimeSpan.Zero : by.Started - _attempts[0].Started,
            FirstResult = by is null ? null : by.Started + (by.FirstResultLatency ?? TimeSpan.Zero) - _attempts[0].Started,
            Attempts = entries,
        };
    }
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Storage;

namespace Aico.Host.Usage;

/// <summary>
/// Records the usage of one call. What an attempt was good for is certain only once its turn is over: attempts wait here until then, and
/// those of answers that were thrown away become speculative. Used by the call's own thread of work alone.
/// </summary>
internal sealed class CallUsage(CallIdentity call, UsageAccount account, Action<IReadOnlyList<UsageRow>> post) : ICallObserver
{
    // Turns have some ten attempts; a call that hears and never decides a turn, with a provider that fails again and again, is cut off here.
    private const int MaximumWaiting = 256;

    // Attempts of an answer that was thrown away may end some turns later.
    private const int TurnsKept = 4;

    private readonly List<UsageRow> _waiting = [];
    private readonly List<(int Turn, TimeSpan At)> _discards = [];

    public void On(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case ProviderAttempted attempted:
                Add(attempted);
                break;
            case TurnDecided decided:
                Change(row => row is { Kind: "stt", Turn: null }, row => row with { Turn = decided.Turn });
                break;
            case ReplyDiscarded discarded:
                _discards.Add((discarded.Turn, discarded.At));
                Change(row => row.Turn == discarded.Turn && IsAnswering(row), row => row with { Outcome = UsageAccount.Of(AttemptOutcome.Speculative) });
                break;
            case TurnCompleted { Turn.Number: var completed }:
                _discards.RemoveAll(discard => discard.Turn <= completed - TurnsKept);
                Post(row => row.Turn <= completed);
                break;
            case CallEnded:
                Post(_ => true);
                break;
        }
    }

    private void Add(ProviderAttempted attempted)
    {
        var attempt = attempted.Attempt;
        var isLate = attempt.Outcome is AttemptOutcome.Useful or AttemptOutcome.Cancelled && attempt.Stage != CallStage.SpeechToText
            && _discards.Exists(discard => discard.Turn == attempt.Turn && attempt.Started < discard.At);
        _waiting.Add(account.RowOf(call, isLate ? attempt with { Outcome = AttemptOutcome.Speculative } : attempt, attempted.At));
        if (_waiting.Count >= MaximumWaiting)
        {
            Post(_ => true);
        }
    }

    private static bool IsAnswering(UsageRow row) =>
        row.Kind != "stt" && (row.Outcome == UsageAccount.Of(AttemptOutcome.Useful) || row.Outcome == UsageAccount.Of(AttemptOutcome.Cancelled));

    private void Change(Predicate<UsageRow> isMeant, Func<UsageRow, UsageRow> change)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (isMeant(_waiting[i]))
            {
                _waiting[i] = change(_waiting[i]);
            }
        }
    }

    private void Post(Predicate<UsageRow> isOver)
    {
        var over = _waiting.FindAll(isOver);
        _waiting.RemoveAll(isOver);
        post(over);
    }
}

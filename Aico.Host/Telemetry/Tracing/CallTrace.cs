using System.Diagnostics;
using Aico.Abstractions;
using Aico.Host.Calls;

namespace Aico.Host.Telemetry.Tracing;

/// <summary>
/// Writes one trace for a call from what the call tells, with the times that it tells: a span for each turn, when that is complete, with
/// its stages and the attempts at providers in it. Used by the call's own thread of work alone; that of audio never comes here.
/// </summary>
/// <param name="source">Whose spans they are.</param>
/// <param name="call">Which call.</param>
/// <param name="room">What more there is to say of it, asked when it ends.</param>
/// <param name="withText">Whether what was said may stand in the spans.</param>
/// <param name="time">The clock.</param>
internal sealed class CallTrace(ActivitySource source, CallIdentity call, Func<CallFacts?> room, bool withText, TimeProvider time) : ICallObserver
{
    // Turns have some ten of each; a call that hears and never decides a turn must not pile them up.
    private const int MaximumWaiting = 256;

    private readonly List<ProviderAttempt> _attempts = [];
    private readonly List<CallEvent> _marks = [];
    private Activity? _root;
    private SpanWriter? _spans;
    private TimeSpan? _delay;
    private int _completed;
    private TimeSpan _decided;

    public void On(CallEvent callEvent)
    {
        if (_spans is null && !Begin(callEvent))
        {
            return;
        }

        switch (callEvent)
        {
            case ProviderAttempted attempted:
                Take(attempted.Attempt);
                break;
            case ProviderChanged or StageFailed or ReplyDiscarded or PlaybackPaused or PlaybackResumed:
                Keep(_marks, callEvent);
                break;
            case TurnDecided decided:
                Decide(decided);
                break;
            case TurnCompleted completed:
                Complete(completed);
                break;
            case CallEnded ended:
                End(ended);
                break;
        }
    }

    // False where nobody takes spans, or this call was not chosen.
    private bool Begin(CallEvent first)
    {
        var clock = new SpanClock(time.GetUtcNow() - first.At);
        // What runs in a span of the host's caller is no part of this call's trace.
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            _root = source.StartActivity("call", ActivityKind.Server, default(ActivityContext), startTime: clock.Of(TimeSpan.Zero));
        }
        finally
        {
            Activity.Current = around;
        }

        if (_root is null)
        {
            return false;
        }

        SpanWriter.Identify(_root, call);
        _spans = new SpanWriter(source, call, clock, withText);
        return true;
    }

    private void Take(ProviderAttempt attempt)
    {
        // One that serves the whole call, or ended after its turn, has no turn to stand in.
        var mayHaveTurn = attempt.Turn is { } turn ? turn > _completed : attempt.Stage == CallStage.SpeechToText && attempt.Started >= _decided;
        if (mayHaveTurn)
        {
            Keep(_attempts, attempt);
        }
        else
        {
            _spans!.Attempt(_root!.Context, attempt);
        }
    }

    // What was heard since the turn before was heard for this one.
    private void Decide(TurnDecided decided)
    {
        (_delay, _decided) = (decided.Delay, decided.At);
        for (var i = 0; i < _attempts.Count; i++)
        {
            _attempts[i] = _attempts[i].Turn is null ? _attempts[i] with { Turn = decided.Turn } : _attempts[i];
        }
    }

    // An answer that was thrown away was work ahead of a decision that went the other way: usage says the same of it.
    private ProviderAttempt Judged(ProviderAttempt attempt)
    {
        var isThrownAway = attempt is { Stage: not CallStage.SpeechToText, Outcome: AttemptOutcome.Useful or AttemptOutcome.Cancelled }
            && _marks.Exists(mark => mark is ReplyDiscarded discarded && discarded.Turn == attempt.Turn && attempt.Started < discarded.At);
        return isThrownAway ? attempt with { Outcome = AttemptOutcome.Speculative } : attempt;
    }

    private void Complete(TurnCompleted completed)
    {
        var turn = completed.Turn;
        _completed = turn.Number;
        var attempts = _attempts.FindAll(attempt => attempt.Turn <= turn.Number).ConvertAll(Judged);
        _attempts.RemoveAll(attempt => attempt.Turn <= turn.Number);
        _spans!.Turn(_root!.Context, turn, attempts, _marks, _delay, completed.At);
        _marks.Clear();
        _delay = null;
    }

    private void End(CallEnded ended)
    {
        foreach (var attempt in _attempts)
        {
            _spans!.Attempt(_root!.Context, Judged(attempt));
        }

        _spans!.Mark(_root!, _marks);
        _root!.SetTag("aico.call.ending", ended.Reason.ToString());
        _root.SetTag("aico.call.turns", _completed);
        if (room() is { } facts)
        {
            _root.SetTag("aico.room", facts.RoomName);
            _root.SetTag("aico.agent", facts.AgentName);
            _root.SetTag("aico.configuration.version", facts.ConfigurationVersion);
        }

        if (ended.Reason == CallEndReason.Failed)
        {
            _root.SetStatus(ActivityStatusCode.Error);
            _root.SetTag("error.type", ended.Reason.ToString());
        }

        // It was not begun in whatever runs now, and leaves it alone.
        var around = Activity.Current;
        _spans.Finish(_root, ended.At);
        Activity.Current = around;
        _attempts.Clear();
        _marks.Clear();
    }

    private static void Keep<T>(List<T> list, T item)
    {
        if (list.Count < MaximumWaiting)
        {
            list.Add(item);
        }
    }
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Telemetry.Live;

namespace Aico.Host.Telemetry.Metrics;

/// <summary>Records one call's metrics: some tens of numbers a turn, nothing for audio. Used by the call's own thread of work alone.</summary>
internal sealed class CallMetrics(CallIdentity call, HostMeter meter, OrganizationLabel organizations, TurnLatencies latencies) : ICallObserver
{
    // Of one turn, and of answers that are thrown away.
    private const int MaximumKept = 8;

    private readonly List<(int Turn, TimeSpan At)> _replies = [];
    private readonly string _organization = organizations.Of(call.OrganizationId);
    private (string Provider, string? Model)? _thinker;
    private (string Provider, string? Model)? _speaker;
    private bool _hasBegun;

    public void On(CallEvent callEvent)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            meter.CallsStarted.Add(1, Organization);
        }

        switch (callEvent)
        {
            case ReplyStarted started:
                Keep(started);
                break;
            case ProviderAttempted { Attempt: { Outcome: AttemptOutcome.Useful } attempt }:
                Served(attempt);
                break;
            case ProviderChanged changed:
                meter.Failovers.Add(1, Organization, Label.Of(Label.Kind, StageCode.Of(changed.Stage)), Label.Of(Label.From, changed.From), Label.Of(Label.To, changed.To));
                break;
            case StageFailed failed:
                meter.StageFailures.Add(
                    1,
                    Organization,
                    Label.Of(Label.Stage, StageCode.Of(failed.Stage)),
                    Label.Of(Label.Provider, failed.Provider.Length == 0 ? Label.None : failed.Provider),
                    Label.Of(Label.Failure, failed.Failure?.ToString() ?? Label.None));
                break;
            case TurnCompleted completed:
                Record(completed.Turn);
                break;
            case CallEnded ended:
                var ending = Label.Of(Label.Ending, ended.Reason.ToString());
                meter.CallsEnded.Add(1, Organization, ending);
                meter.CallDuration.Record(ended.At.TotalSeconds, Organization, ending);
                break;
        }
    }

    private KeyValuePair<string, object?> Organization => Label.Of(Label.Organization, _organization);

    private void Keep(ReplyStarted started)
    {
        if (_replies.Count == MaximumKept)
        {
            _replies.RemoveAt(0);
        }

        _replies.Add((started.Turn, started.At));
    }

    private void Served(ProviderAttempt attempt)
    {
        switch (attempt.Stage)
        {
            case CallStage.LanguageModel:
                _thinker = (attempt.Provider, attempt.Model);
                break;
            case CallStage.TextToSpeech:
                _speaker = (attempt.Provider, attempt.Model);
                break;
        }
    }

    private void Record(TurnRecord turn)
    {
        meter.Turns.Add(1, Organization, Label.Of(Label.Interrupted, turn.Interrupted ? "true" : "false"));
        var measured = TurnLatency.Of(turn, Began(turn));
        _replies.RemoveAll(reply => reply.Turn <= turn.Number);
        latencies.Add(measured);
        Record(meter.EndToEnd, measured.EndToEnd);
        Record(meter.Transcription, measured.Transcription);
        Record(meter.EndOfTurn, measured.EndOfTurn);
        Record(meter.FirstToken, measured.FirstToken, _thinker);
        Record(meter.FirstAudio, measured.FirstAudio, _speaker);
    }

    // The answer that was given is the last that was begun before its first token; those before it were thrown away.
    private TimeSpan? Began(TurnRecord turn)
    {
        TimeSpan? began = null;
        foreach (var (number, at) in _replies)
        {
            began = number == turn.Number && at <= turn.Timings.FirstToken ? at : began;
        }

        return began;
    }

    private void Record(System.Diagnostics.Metrics.Histogram<double> histogram, TimeSpan? value)
    {
        if (value is { } measured)
        {
            histogram.Record(measured.TotalSeconds, Organization);
        }
    }

    private void Record(System.Diagnostics.Metrics.Histogram<double> histogram, TimeSpan? value, (string Provider, string? Model)? by)
    {
        if (value is { } measured)
        {
            histogram.Record(
                measured.TotalSeconds, Organization, Label.Of(Label.ModelProvider, by?.Provider ?? Label.None), Label.Of(Label.ModelName, by?.Model ?? Label.None));
        }
    }
}

using System.Diagnostics;
using Aico.Abstractions;
using Aico.Host.Calls;

namespace Aico.Host.Telemetry.Tracing;

/// <summary>Writes the spans of a call. No words of the conversation, no error's message and nothing of the caller stands in them, unless texts are asked for.</summary>
internal sealed class SpanWriter(ActivitySource source, CallIdentity call, SpanClock clock, bool withText)
{
    public static void Identify(Activity span, CallIdentity call)
    {
        span.SetTag("aico.organization.id", call.OrganizationId);
        span.SetTag("aico.call.id", call.CallId);
        span.SetTag(GenAi.ConversationId, call.CallId);
    }

    /// <param name="parent">The call's span.</param>
    /// <param name="turn">The turn, which is complete.</param>
    /// <param name="attempts">Those that served it.</param>
    /// <param name="marks">What happened meanwhile.</param>
    /// <param name="delay">The delay that the decision of the turn was held back for.</param>
    /// <param name="now">When it was complete.</param>
    public void Turn(ActivityContext parent, TurnRecord turn, IReadOnlyList<ProviderAttempt> attempts, IReadOnlyList<CallEvent> marks, TimeSpan? delay, TimeSpan now)
    {
        var timings = turn.Timings;
        var end = turn.AgentEnd ?? now;
        var start = Earliest([turn.CallerStart, timings.EndOfSpeech, timings.TurnDecided, turn.AgentStart, end, .. attempts.Select(attempt => (TimeSpan?)attempt.Started)]);
        using var span = Start("turn", ActivityKind.Internal, parent, start);
        if (span is null)
        {
            return;
        }

        span.SetTag("aico.turn.number", turn.Number);
        span.SetTag("aico.turn.interrupted", turn.Interrupted);
        Seconds(span, "lk.e2e_latency", timings.Played - timings.EndOfSpeech);
        if (withText)
        {
            span.SetTag("aico.turn.caller_text", turn.CallerText);
            span.SetTag("aico.turn.agent_text", turn.AgentText);
            span.SetTag("aico.turn.heard_text", turn.HeardText);
        }

        Mark(span, marks);
        Stages(span.Context, turn, attempts, delay, end);
        Finish(span, end);
    }

    /// <summary>One request to a provider, or one session with it.</summary>
    public void Attempt(ActivityContext parent, ProviderAttempt attempt)
    {
        var name = attempt.Stage == CallStage.LanguageModel ? GenAi.ChatName(attempt) : $"{StageCode.Of(attempt.Stage)} {attempt.Provider}";
        using var span = Start(name, ActivityKind.Client, parent, attempt.Started);
        if (span is null)
        {
            return;
        }

        span.SetTag("aico.provider", attempt.Provider);
        span.SetTag("aico.provider.kind", StageCode.Of(attempt.Stage));
        span.SetTag("aico.provider.model", attempt.Model);
        span.SetTag("aico.provider.position", attempt.Position);
        span.SetTag("aico.attempt.outcome", attempt.Outcome.ToString());
        span.SetTag("aico.turn.number", attempt.Turn);
        Seconds(span, "lk.agents.connection.acquire_time", attempt.ConnectLatency);
        Seconds(span, attempt.Stage == CallStage.LanguageModel ? "lk.response.ttft" : "lk.response.ttfb", attempt.FirstResultLatency);
        if (attempt.Stage == CallStage.LanguageModel)
        {
            GenAi.Describe(span, attempt);
        }
        else
        {
            Seconds(span, "aico.audio.duration", attempt.Audio > TimeSpan.Zero ? attempt.Audio : null);
        }

        if (attempt.Outcome == AttemptOutcome.Failed)
        {
            Fail(span, attempt.Failure?.ToString() ?? "_OTHER");
        }

        Finish(span, attempt.Started + attempt.Duration);
    }

    /// <summary>What happened at a moment, as events of a span.</summary>
    public void Mark(Activity span, IReadOnlyList<CallEvent> marks)
    {
        foreach (var mark in marks)
        {
            var (name, tags) = mark switch
            {
                ProviderChanged changed => ("provider_changed", new ActivityTagsCollection { ["aico.stage"] = StageCode.Of(changed.Stage), ["aico.provider.from"] = changed.From, ["aico.provider.to"] = changed.To }),
                // Its message may quote what a service said, and so what the caller said.
                StageFailed failed => ("stage_failed", new ActivityTagsCollection { ["aico.stage"] = StageCode.Of(failed.Stage), ["aico.provider"] = failed.Provider, ["error.type"] = failed.Failure?.ToString() ?? "_OTHER" }),
                ReplyDiscarded => ("reply_discarded", null),
                PlaybackPaused => ("playback_paused", null),
                _ => ("playback_resumed", (ActivityTagsCollection?)null),
            };
            span.AddEvent(new ActivityEvent(name, clock.Of(mark.At), tags));
        }
    }

    public void Finish(Activity span, TimeSpan at)
    {
        span.SetEndTime(clock.Of(at));
        span.Stop();
    }

    private void Stages(ActivityContext turn, TurnRecord record, IReadOnlyList<ProviderAttempt> attempts, TimeSpan? delay, TimeSpan end)
    {
        var timings = record.Timings;
        Stage(turn, "speech_to_text", timings.EndOfSpeech, timings.FinalText, CallStage.SpeechToText, attempts);
        Stage(turn, "turn_decision", timings.EndOfSpeech, timings.TurnDecided, null, attempts, span => Seconds(span, "lk.eou.endpointing_delay", delay));
        Stage(turn, "language_model", null, null, CallStage.LanguageModel, attempts);
        foreach (var tool in record.ToolCalls)
        {
            Tool(turn, tool);
        }

        Stage(turn, "text_to_speech", null, null, CallStage.TextToSpeech, attempts);
        Stage(turn, "playback", timings.Played, timings.Played is null ? null : end, null, attempts);
    }

    // A stage that made requests lasts for as long as they do, whatever else bounds it.
    private void Stage(
        ActivityContext turn, string name, TimeSpan? from, TimeSpan? to, CallStage? stage, IReadOnlyList<ProviderAttempt> attempts, Action<Activity>? describe = null)
    {
        var own = attempts.Where(attempt => attempt.Stage == stage).ToList();
        if (own.Count == 0 && (from is null || to is null))
        {
            return;
        }

        var start = Earliest([from, .. own.Select(attempt => (TimeSpan?)attempt.Started)]);
        var end = own.Select(attempt => attempt.Started + attempt.Duration).Append(to ?? start).Max();
        using var span = Start(name, ActivityKind.Internal, turn, start);
        if (span is null)
        {
            return;
        }

        describe?.Invoke(span);
        foreach (var attempt in own)
        {
            Attempt(span.Context, attempt);
        }

        Finish(span, end < start ? start : end);
    }

    private void Tool(ActivityContext turn, ToolCallRecord tool)
    {
        using var span = Start(GenAi.ToolName(tool), ActivityKind.Internal, turn, tool.Started);
        if (span is null)
        {
            return;
        }

        GenAi.Describe(span, tool, withText);
        if (tool.Error is not null)
        {
            Fail(span, "tool_error");
        }

        Finish(span, tool.Ended);
    }

    private Activity? Start(string name, ActivityKind kind, ActivityContext parent, TimeSpan at)
    {
        var span = source.StartActivity(name, kind, parent, startTime: clock.Of(at));
        if (span is not null)
        {
            Identify(span, call);
        }

        return span;
    }

    private static void Fail(Activity span, string type)
    {
        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag("error.type", type);
    }

    private static void Seconds(Activity span, string name, TimeSpan? value)
    {
        if (value is { } took)
        {
            span.SetTag(name, took.TotalSeconds);
        }
    }

    private static TimeSpan Earliest(IEnumerable<TimeSpan?> moments) => moments.OfType<TimeSpan>().Min();
}

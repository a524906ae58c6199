using System.Diagnostics;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Telemetry;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Telemetry;

/// <summary>The trace of a call.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallTraceTests
{
    private static readonly CallIdentity Acme = new("acme", "J_1");
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Has_a_span_for_the_call_its_turns_their_stages_and_each_attempt_with_the_times_that_they_took()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        Hold(call, telemetry, Acme);

        var root = telemetry.Named("call").Single();
        var turn = telemetry.Named("turn").Single();
        var timings = call.Turns.Single().Timings;
        root.Parent.Should().BeNull();
        telemetry.Spans.Select(span => span.TraceId).Distinct().Should().ContainSingle();
        telemetry.Spans.Should().OnlyContain(span => (string)span.GetTagItem("aico.organization.id")! == "acme" && (string)span.GetTagItem("aico.call.id")! == "J_1");
        root.StartTimeUtc.Should().Be(Epoch);
        root.Duration.Should().Be(call.Of<CallEnded>().Single().At);
        root.GetTagItem("aico.call.ending").Should().Be("CallerLeft");
        telemetry.Parent(turn).Should().BeSameAs(root);
        turn.StartTimeUtc.Should().Be(Epoch + call.Turns[0].CallerStart!.Value);
        foreach (var (name, from, to) in new[]
        {
            ("turn_decision", timings.EndOfSpeech, timings.TurnDecided), ("playback", timings.Played, call.Turns[0].AgentEnd),
        })
        {
            var stage = telemetry.Named(name).Single();
            telemetry.Parent(stage).Should().BeSameAs(turn);
            (stage.StartTimeUtc - Epoch, stage.StartTimeUtc - Epoch + stage.Duration).Should().Be((from!.Value, to!.Value), name);
        }

        foreach (var (attempt, stage) in new[] { ("stt stt", "speech_to_text"), ("chat", "language_model"), ("tts tts", "text_to_speech") })
        {
            telemetry.Parent(telemetry.Named(attempt).Single()).DisplayName.Should().Be(stage);
            telemetry.Parent(telemetry.Parent(telemetry.Named(attempt).Single())).Should().BeSameAs(turn);
        }

        turn.GetTagItem("lk.e2e_latency").Should().Be((timings.Played - timings.EndOfSpeech)!.Value.TotalSeconds);
    }

    [Test]
    public void Describes_requests_to_language_models_by_the_conventions_for_them()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        call.LanguageModel.FirstTokenDelay = CallTime.Seconds(0.2);
        call.LanguageModel.Answers = _ => new ScriptedLanguageModel.Answer("Yes.") { Usage = new UsageDetails { InputTokenCount = 100, CachedInputTokenCount = 40, OutputTokenCount = 7 } };
        Hold(call, telemetry, Acme);

        var chat = telemetry.Named("chat").Single();
        chat.Kind.Should().Be(ActivityKind.Client);
        chat.TagObjects.Should().Contain(
        [
            new("gen_ai.operation.name", "chat"), new("gen_ai.provider.name", "llm"), new("gen_ai.conversation.id", "J_1"), new("gen_ai.usage.input_tokens", 100L),
            new("gen_ai.usage.cache_read.input_tokens", 40L), new("gen_ai.usage.output_tokens", 7L), new("lk.response.ttft", 0.2), new("aico.attempt.outcome", "Useful"),
        ]);
    }

    [Test]
    public void Shows_attempts_that_failed_beside_the_one_that_served()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        var broken = new ScriptedLanguageModel(call.Time);
        broken.Failures.Enqueue(new ProviderException(ProviderFailure.Unavailable, "Nobody is there."));
        call.Providers = providers => providers with { LanguageModel = new Chains(call.Time).Of<IChatClient>(("broken", broken), ("good", call.LanguageModel)) };
        Hold(call, telemetry, Acme);

        var attempts = telemetry.Named("chat");
        attempts.Select(span => (span.GetTagItem("aico.provider"), span.GetTagItem("aico.provider.position"), span.Status, span.GetTagItem("error.type"))).Should().Equal(
            ("broken", 0, ActivityStatusCode.Error, "Unavailable"), ("good", 1, ActivityStatusCode.Unset, null));
        attempts.Select(span => span.ParentSpanId).Distinct().Should().ContainSingle();
        telemetry.Named("turn").Single().Events.Select(mark => mark.Name).Should().Equal("stage_failed", "provider_changed");
    }

    [Test]
    public void Calls_an_answer_that_was_thrown_away_speculative_as_usage_does()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        using var telemetry = new TelemetryHarness(call.Time);
        call.Observer = telemetry.Open(Acme);
        call.Caller.Says("Pay 1.5 euros.", from: 1, to: 2);
        call.RunUntil(2.18);
        call.Streaming.Current.Interim("Pay 15 euros.", at: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("Pay 1.5 euros.", at: 2);
        call.RunUntil(9);

        call.Of<ReplyDiscarded>().Should().NotBeEmpty("the caller went on");
        var outcomes = telemetry.Named("chat").Select(span => (string)span.GetTagItem("aico.attempt.outcome")!).ToList();
        outcomes.Count(outcome => outcome == "Useful").Should().Be(1);
        outcomes.Should().Contain("Speculative");
    }

    [Test]
    public void Puts_a_session_for_the_whole_call_directly_below_the_call()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        using var telemetry = new TelemetryHarness(call.Time);
        call.Observer = telemetry.Open(Acme);
        call.Caller.Says("Hello.", from: 1, to: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("Hello.", at: 2);
        call.RunUntil(8);
        call.Cancel();

        telemetry.Parent(telemetry.Named("stt stt").Single()).DisplayName.Should().Be("call");
        telemetry.Named("call").Single().GetTagItem("aico.call.ending").Should().Be("Cancelled");
    }

    [Test]
    public void Shows_tools_without_what_they_were_told()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        call.Settings = call.Settings with { Tools = [new ScriptedTool("balance", call.Time) { Takes = CallTime.Seconds(0.5), Returns = "CANARY-result" }] };
        call.LanguageModel.Says(new("", ScriptedLanguageModel.Call("balance", arguments: new Dictionary<string, object?> { ["account"] = "CANARY-argument" })), new("Done."));
        Hold(call, telemetry, Acme);

        var tool = telemetry.Named("execute_tool balance").Single();
        tool.Duration.Should().Be(CallTime.Seconds(0.5));
        tool.GetTagItem("gen_ai.tool.name").Should().Be("balance");
        Everything(telemetry).Should().NotContain("CANARY");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Tells_what_was_said_only_where_that_was_asked_for(bool asked)
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, new TelemetrySettings { TracesText = asked });
        Hold(call, telemetry, Acme);

        telemetry.Named("turn").Single().GetTagItem("aico.turn.caller_text").Should().Be(asked ? "Question?" : null);
        Everything(telemetry).Contains("Question", StringComparison.Ordinal).Should().Be(asked);
    }

    [Test]
    public void Nothing_of_secrets_callers_or_errors_is_in_spans_or_metrics()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        var broken = new ScriptedLanguageModel(call.Time);
        broken.Failures.Enqueue(new ProviderException(ProviderFailure.Unauthorized, "The key sk-CANARY-key was refused; you said CANARY-words.", new InvalidOperationException("CANARY-inner")));
        call.Providers = providers => providers with { LanguageModel = new Chains(call.Time).Of<IChatClient>(("broken", broken), ("good", call.LanguageModel)) };
        call.LanguageModel.Says("CANARY-answer.");
        Hold(call, telemetry, Acme, "My card is CANARY-4111.");

        call.Of<StageFailed>().Should().Contain(failed => failed.Message.Contains("CANARY", StringComparison.Ordinal), "it was there to be found");
        Everything(telemetry).Should().NotContain("CANARY");
        telemetry.Telemetry.WriteMetrics().Should().NotContain("CANARY").And.Contain("Unauthorized");
    }

    [Test]
    public void Leaves_the_activity_of_whoever_runs_the_call_alone()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time);
        using var around = new Activity("around").Start();
        var observer = telemetry.Open(Acme);

        observer.On(new AgentStateChanged(TimeSpan.Zero, AgentState.Initializing));
        Activity.Current.Should().BeSameAs(around);
        observer.On(new TurnCompleted(CallTime.Seconds(1), new TurnRecord { Number = 1 }));
        Activity.Current.Should().BeSameAs(around);
        observer.On(new CallEnded(CallTime.Seconds(2), CallEndReason.CallerLeft));

        Activity.Current.Should().BeSameAs(around);
        telemetry.Named("call").Single().ParentSpanId.Should().Be(default(ActivitySpanId));
    }

    [Test]
    public void Makes_no_spans_where_nobody_takes_them()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, traces: false);
        Hold(call, telemetry, Acme);

        telemetry.Telemetry.Source.HasListeners().Should().BeFalse();
        telemetry.Spans.Should().BeEmpty();
    }

    private static void Hold(CallHarness call, TelemetryHarness telemetry, CallIdentity identity, string words = "Question?")
    {
        call.Observer = telemetry.Open(identity);
        call.Caller.Says(words, from: 1, to: 2);
        call.RunUntil(8);
        call.Call.CallerLeft();
        call.RunUntil(14);
        call.Ending.IsCompleted.Should().BeTrue();
    }

    private static string Everything(TelemetryHarness telemetry) => string.Join('\n', telemetry.Spans.Select(span =>
        $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.Select(mark => $"{mark.Name} {string.Join(' ', mark.Tags)}"))}"));
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Telemetry;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Telemetry;

/// <summary>What a call leaves in the metrics.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallMetricsTests
{
    private static readonly CallIdentity Acme = new("acme", "J_1");

    [Test]
    public void Measures_a_turn_as_its_caller_felt_it()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, traces: false);
        call.Observer = telemetry.Open(Acme);
        call.LanguageModel.FirstTokenDelay = CallTime.Seconds(0.25);
        call.LanguageModel.Answers = _ => new ScriptedLanguageModel.Answer("Yes.") { Usage = new UsageDetails { InputTokenCount = 100, CachedInputTokenCount = 40, OutputTokenCount = 7 } };
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(8);
        call.Call.CallerLeft();
        call.RunUntil(12);

        var timings = call.Turns.Single().Timings;
        var text = telemetry.Scrape();
        text["lk_agents_turn_e2e_latency_seconds_sum{organization=\"acme\"}"].Should().BeApproximately((timings.Played - timings.EndOfSpeech)!.Value.TotalSeconds, 1e-6);
        text["lk_agents_turn_transcription_delay_seconds_sum{organization=\"acme\"}"].Should().BeApproximately((timings.FinalText - timings.EndOfSpeech)!.Value.TotalSeconds, 1e-6);
        text["lk_agents_turn_end_of_turn_delay_seconds_sum{organization=\"acme\"}"].Should().BeApproximately((timings.TurnDecided - timings.EndOfSpeech)!.Value.TotalSeconds, 1e-6);
        text["lk_agents_turn_llm_ttft_seconds_sum{model_name=\"none\",model_provider=\"llm\",organization=\"acme\"}"].Should().BeApproximately(0.25, 1e-6);
        text["lk_agents_turn_tts_ttfb_seconds_count{model_name=\"none\",model_provider=\"tts\",organization=\"acme\"}"].Should().Be(1);
        text["lk_agents_usage_llm_input_tokens_total{model_name=\"none\",model_provider=\"llm\",organization=\"acme\"}"].Should().Be(100);
        text["lk_agents_usage_llm_input_cached_tokens_total{model_name=\"none\",model_provider=\"llm\",organization=\"acme\"}"].Should().Be(40);
        text["lk_agents_usage_llm_output_tokens_total{model_name=\"none\",model_provider=\"llm\",organization=\"acme\"}"].Should().Be(7);
        text["lk_agents_usage_tts_characters_total{model_name=\"none\",model_provider=\"tts\",organization=\"acme\"}"].Should().BeGreaterThan(3);
        text["lk_agents_usage_stt_audio_duration_seconds_total{model_name=\"none\",model_provider=\"stt\",organization=\"acme\"}"].Should().BeInRange(1, 4);
        text["aico_provider_attempts_total{failure=\"none\",kind=\"llm\",organization=\"acme\",outcome=\"useful\",provider=\"llm\"}"].Should().Be(1);
        text["aico_usage_cost_usd_total{kind=\"llm\",organization=\"acme\",provider=\"llm\"}"].Should().Be(2);
        text["aico_turns_total{interrupted=\"false\",organization=\"acme\"}"].Should().Be(1);
        text["aico_calls_started_total{organization=\"acme\"}"].Should().Be(1);
        text["aico_calls_ended_total{ending=\"CallerLeft\",organization=\"acme\"}"].Should().Be(1);
        text["aico_call_duration_seconds_sum{ending=\"CallerLeft\",organization=\"acme\"}"].Should().BeInRange(8, 12);
        telemetry.Telemetry.Status().Latencies.Single(latency => latency.Name == "firstToken").Median.Should().Be(CallTime.Seconds(0.25));
    }

    [Test]
    public void Counts_what_fails_and_where_the_work_goes_then()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, traces: false);
        call.Observer = telemetry.Open(Acme);
        var broken = new ScriptedLanguageModel(call.Time);
        broken.Failures.Enqueue(new ProviderException(ProviderFailure.Unavailable, "Nobody is there."));
        call.Providers = providers => providers with { LanguageModel = new Chains(call.Time).Of<IChatClient>(("broken", broken), ("good", call.LanguageModel)) };
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(8);

        var text = telemetry.Scrape();
        text["aico_provider_failovers_total{from=\"broken\",kind=\"llm\",organization=\"acme\",to=\"good\"}"].Should().Be(1);
        text["aico_stage_failures_total{failure=\"Unavailable\",organization=\"acme\",provider=\"broken\",stage=\"llm\"}"].Should().Be(1);
        text["aico_provider_attempts_total{failure=\"Unavailable\",kind=\"llm\",organization=\"acme\",outcome=\"failed\",provider=\"broken\"}"].Should().Be(1);
    }

    [Test]
    public void Names_no_more_organizations_than_it_may()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, new TelemetrySettings { MaximumOrganizations = 1 }, traces: false);
        foreach (var organization in new[] { "first", "zweite", "dritte" })
        {
            telemetry.Open(new CallIdentity(organization, organization)).On(new CallEnded(CallTime.Seconds(1), CallEndReason.CallerLeft));
        }

        var text = telemetry.Scrape();
        text["aico_calls_started_total{organization=\"first\"}"].Should().Be(1);
        text["aico_calls_started_total{organization=\"other\"}"].Should().Be(2);
        telemetry.Telemetry.WriteMetrics().Should().NotContain("zweite").And.NotContain("dritte");
    }

    [Test]
    public void Typed_turns_have_no_latency_of_speech()
    {
        using var call = new CallHarness();
        using var telemetry = new TelemetryHarness(call.Time, traces: false);
        call.Observer = telemetry.Open(Acme);
        call.RunUntil(0.5);
        call.Call.SendText("Question?");
        call.RunUntil(6);

        call.Turns.Should().ContainSingle();
        telemetry.Scrape().Samples.Should().ContainKey("aico_turns_total{interrupted=\"false\",organization=\"acme\"}")
            .And.NotContainKey("lk_agents_turn_e2e_latency_seconds_count{organization=\"acme\"}");
    }
}

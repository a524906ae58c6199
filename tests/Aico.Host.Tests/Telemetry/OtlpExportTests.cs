using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Telemetry;
using Aico.Host.Telemetry.Export;
using Aico.Testing.Calls;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Telemetry;

/// <summary>What a collector receives.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OtlpExportTests
{
    [Test]
    public async Task Sends_traces_and_metrics_of_calls_to_the_collector_that_the_variables_name_at_the_latest_when_the_host_ends()
    {
        await using var collector = await CollectorAsync();
        using var call = new CallHarness();
        using (var telemetry = new TelemetryHarness(call.Time, Settings(collector), traces: false))
        {
            telemetry.Telemetry.Description.Should().Contain("Traces and metrics").And.NotContain("CANARY");
            Hold(call, telemetry);
        }

        var sent = collector.Requests;
        sent.Select(request => request.PathAndQuery).Distinct().Should().BeEquivalentTo("/v1/traces", "/v1/metrics");
        sent.Should().OnlyContain(request => request.Headers["x-collector-key"] == "CANARY-collector");
        Bodies(sent, "/v1/traces").Should().Contain("turn_decision").And.Contain("gen_ai.operation.name").And.Contain("acme").And.Contain("my-aico").And.Contain("deployment.environment");
        Bodies(sent, "/v1/metrics").Should().Contain("lk.agents.turn.e2e_latency").And.Contain("aico.calls.ended").And.Contain("lk.agents.usage.tts_characters");
        Bodies(sent, "/v1/").Should().NotContain("CANARY", "words of the call and keys of the collector are nobody's attributes");
    }

    [Test]
    public async Task Sends_only_what_a_collector_is_named_for()
    {
        await using var collector = await CollectorAsync();
        using var call = new CallHarness();
        var settings = TelemetrySettings.Of(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{collector.Url}/only/metrics",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        using (var telemetry = new TelemetryHarness(call.Time, settings, traces: false))
        {
            Hold(call, telemetry);
        }

        collector.Requests.Select(request => request.PathAndQuery).Distinct().Should().Equal("/only/metrics");
    }

    [Test]
    public void Does_nothing_where_none_is_named() => OtlpExport.Open(new TelemetrySettings(), "Aico", "1.2.3").Should().BeNull();

    private static async Task<LocalHttpServer> CollectorAsync()
    {
        var collector = await LocalHttpServer.StartAsync();
        collector.Default = LocalResponse.Text(200, "");
        return collector;
    }

    private static TelemetrySettings Settings(LocalHttpServer collector) => TelemetrySettings.Of(new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-collector-key=CANARY-collector",
        ["OTEL_SERVICE_NAME"] = "my-aico",
        ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=test",
        ["AICO_INTERNAL_API_KEY"] = "CANARY-internal",
    });

    private static void Hold(CallHarness call, TelemetryHarness telemetry)
    {
        call.Observer = telemetry.Open(new CallIdentity("acme", "J_1"));
        call.Caller.Says("CANARY-words?", from: 1, to: 2);
        call.RunUntil(8);
        call.Call.CallerLeft();
        call.RunUntil(14);
    }

    private static string Bodies(IReadOnlyList<LocalRequest> requests, string path) =>
        string.Join('\n', requests.Where(request => request.PathAndQuery.StartsWith(path, StringComparison.Ordinal)).Select(request => request.Body));
}

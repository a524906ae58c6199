using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Hosts;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Telemetry.Exposition;
using Aico.Host.Telemetry.Live;
using Aico.Host.Tests.Hosts;
using Aico.Host.Tests.Storage;
using Aico.Testing;

namespace Aico.Host.Tests.Telemetry;

/// <summary>docs/telemetry.md and config/grafana/aico.json say what /metrics really has.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed partial class DocumentedMetricsTests
{
    [Test]
    public void The_table_names_every_metric_with_its_type_and_labels_and_no_other()
    {
        var rows = File.ReadLines(Path.Combine(TestPaths.Repository, "docs", "telemetry.md")).Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => (Name: match.Groups[1].Value, At: match.Groups[2].Value, Type: match.Groups[3].Value, Labels: match.Groups[4].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order()))
            .ToList();
        var text = Everything();

        rows.Select(row => row.At).Should().BeEquivalentTo(text.Types.Keys.Where(IsOurs));
        foreach (var (name, at, type, labels) in rows)
        {
            text.Types[at].Should().Be(type, at);
            Clean().Replace(at, "").Should().StartWith(MetricNames.Clean(name), "the two names are of one metric");
            text.Samples.Keys.Where(series => Family(series) == at).SelectMany(series => LabelName().Matches(series).Select(match => match.Groups[1].Value)).Where(label => label != "le").Distinct().Order()
                .Should().Equal(labels, at);
        }
    }

    [Test]
    public void The_dashboard_asks_for_metrics_and_labels_that_there_are()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Repository, "config", "grafana", "aico.json")))!;
        var panels = dashboard["panels"]!.AsArray();
        var variables = dashboard["templating"]!["list"]!.AsArray();
        var queries = panels.SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!)
            .Concat(variables.Where(variable => (string?)variable!["type"] == "query").Select(variable => (string)variable!["query"]!)).ToList();
        var text = Everything();
        var known = text.Samples.Keys.Select(series => series.Split('{')[0]).ToHashSet();

        queries.Should().HaveCountGreaterThan(40);
        var named = queries.SelectMany(query => MetricName().Matches(Grouping().Replace(query, "")).Select(match => match.Value)).ToHashSet();
        named.Should().BeSubsetOf(known).And.Contain("lk_agents_turn_e2e_latency_seconds_bucket");
        text.Types.Keys.Where(IsOurs).Except(named.Select(name => Clean2().Replace(name, ""))).Should().BeSubsetOf(["aico_plugins", "aico_metrics_dropped_total"], "the rest is worth a look every day");
        foreach (var query in queries)
        {
            Balanced(query).Should().BeTrue("{0} has as many brackets that close as open", query);
        }

        panels.Select(panel => (int)panel!["id"]!).Should().OnlyHaveUniqueItems();
        panels.Select(panel => (string)panel!["title"]!).Should().OnlyHaveUniqueItems();
    }

    /// <summary>A host on which everything has happened that metrics tell of.</summary>
    private static PrometheusText Everything()
    {
        var clock = new ManualClock();
        var worker = new WorkerReading(new WorkerState { IsConnected = true }, 50);
        using var telemetry = new TelemetryHarness(clock, traces: false, worker: () => worker);
        telemetry.Outages.Add(new OutageView("bad", "somewhere", null, OutageScope.Endpoint, OutagePhase.Cooling, clock.Now, ProviderFailure.Unavailable, "", TimeSpan.Zero));
        var hosts = new HostRegistry(clock);
        HostMetrics.Add(telemetry.Telemetry.Meter, hosts);
        hosts.Report(SampleHost.Of("a", $"{Environment.MachineName}/1", 8, callHost: 1));
        hosts.CountRestart(1);
        var room = telemetry.Registry.Begin("J_1", "lobby");
        room.Audio.ReadsFrom(() => TimeSpan.Zero, () => (1, 1));
        room.Audio.Plays(TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        room.Audio.Plays(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(20));
        var call = telemetry.Open(new CallIdentity("acme", "J_1"));
        TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
        call.On(new ReplyStarted(At(1), 1, IsPreemptive: false));
        call.On(new ProviderChanged(At(1), CallStage.LanguageModel, "a", "b"));
        call.On(new StageFailed(At(1), CallStage.LanguageModel, "a", ProviderFailure.Unavailable, ""));
        call.On(new TurnCompleted(At(2), new TurnRecord
        {
            Number = 1,
            Timings = new CallTimings { EndOfSpeech = At(0.5), FinalText = At(0.7), TurnDecided = At(0.8), FirstToken = At(1.2), FirstSentence = At(1.3), FirstAudio = At(1.4), Played = At(1.5) },
        }));
        call.On(new CallEnded(At(3), CallEndReason.CallerLeft));
        telemetry.Telemetry.Used([.. new[] { "stt", "llm", "tts" }.Select(kind => new UsageRow
        {
            OrganizationId = "acme",
            At = clock.Now,
            SessionId = "J_1",
            Kind = kind,
            Provider = "good",
            Outcome = "useful",
            ConnectLatency = At(0.1),
            AudioSeconds = kind == "llm" ? 0 : 1,
            Characters = 1,
            InputTokens = 1,
            CachedInputTokens = 1,
            OutputTokens = 1,
            Cost = 1,
        })]);
        clock.Advance(TimeSpan.FromSeconds(1));
        // The monitor's piece of work is the thread pool's.
        SpinWait.SpinUntil(() => telemetry.Scrape().Types.ContainsKey("aico_thread_pool_delay_seconds"), TimeSpan.FromSeconds(30)).Should().BeTrue();
        // Requests to an API.
        using var server = new System.Diagnostics.Metrics.Meter("Microsoft.AspNetCore.Hosting");
        server.CreateHistogram<double>("http.server.request.duration", "s").Record(0.1, new("http.route", "/"), new("http.response.status_code", 200));
        return telemetry.Scrape();
    }

    private static bool IsOurs(string name) => name.StartsWith("aico_", StringComparison.Ordinal) || name.StartsWith("lk_", StringComparison.Ordinal);

    private static string Family(string series) => Clean2().Replace(series.Split('{')[0], "");

    private static bool Balanced(string query) =>
        query.Count(c => c == '(') == query.Count(c => c == ')') && query.Count(c => c == '{') == query.Count(c => c == '}') && query.Count(c => c == '[') == query.Count(c => c == ']');

    [GeneratedRegex(@"^\| `([a-z0-9_.]+)` \| `([a-z0-9_]+)` \| (counter|gauge|histogram) \| ([a-z_, ]*?) ?\| [^|]+ \|$")]
    private static partial Regex Row();

    [GeneratedRegex("(?:_seconds|_usd)?(?:_total)?$")]
    private static partial Regex Clean();

    [GeneratedRegex("(?:_bucket|_sum|_count)$(?<!_active_job_count)")]
    private static partial Regex Clean2();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"\bby \([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b(?:aico|lk|dotnet|http)_[a-z0-9_]+\b(?=\{|\[|,)")]
    private static partial Regex MetricName();
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Providers.Fallback;
using Aico.Host.Telemetry.Live;
using Aico.Host.Tests.Telemetry;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>What the host tells of itself, and to whom.</summary>
internal sealed class HostTests
{
    private ConfigurationApi _api = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _api = await ConfigurationApi.StartAsync();
        await _api.MakeAsync("acme");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Metrics_are_the_operator_s_and_whoever_s_has_their_key()
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        async Task<(int, string?, string)> ReadAsync(string path, string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_api.Address, path));
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            }

            using var answer = await http.SendAsync(request);
            return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsStringAsync());
        }

        var (status, type, text) = await ReadAsync("/metrics", ConfigurationApi.MetricsKey);

        (status, type).Should().Be((200, "text/plain; version=0.0.4; charset=utf-8"));
        PrometheusText.Read(text).Samples.Should().ContainKey("aico_host_info{role=\"all\",version=\"1.2.3\"}").And.ContainKey("aico_database_queue{queue=\"writes\"}");
        (await ReadAsync("/metrics", ConfigurationApi.InternalKey)).Item1.Should().Be(200);
        (await ReadAsync("/metrics", null)).Item1.Should().Be(401);
        (await ReadAsync("/metrics", ConfigurationApi.MetricsKey + "x")).Item1.Should().Be(401);
        (await ReadAsync("/metrics", await _api.KeyAsync("acme"))).Item1.Should().Be(403);
        foreach (var path in new[] { "/api/host", "/api/organizations", "/api/providers", "/api/organizations/current/usage", "/api/internal/organizations" })
        {
            (await ReadAsync(path, ConfigurationApi.MetricsKey)).Item1.Should().Be(401, "{0} is not for who scrapes", path);
        }
    }

    [Test]
    public async Task Metrics_count_requests_by_their_route()
    {
        await _api.AskAsync("GET", "/api/organizations/current");
        var text = PrometheusText.Read(_api.Telemetry.WriteMetrics());

        text.Samples.Keys.Should().Contain(series => series.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && series.Contains("http_route=\"/api/organizations/current\"", StringComparison.Ordinal) && series.Contains("http_response_status_code=\"200\"", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_host_s_state_is_the_operator_s()
    {
        (await _api.AskWithAsync(await _api.KeyAsync("acme"), "GET", "/api/host")).IsProblem(403, "operator-only");
        (await _api.SendAsync("GET", "/api/host", (string?)null)).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Shows_calls_their_latencies_and_providers_that_are_out_without_a_word_of_what_is_said()
    {
        _api.Worker = new WorkerReading(new WorkerState { Phase = WorkerPhase.Registered, IsConnected = true, ActiveJobs = ["AJ_1"], Load = 0.25 }, 50);
        _api.Outages.Add(new OutageView("openai", "https://api.openai.com:443", null, OutageScope.Endpoint, OutagePhase.Cooling, DateTimeOffset.UnixEpoch, ProviderFailure.Unavailable, "Status 503.", TimeSpan.FromSeconds(12)));
        var call = _api.Calls.Begin("AJ_1", "lobby");
        call.On(new AgentStateChanged(TimeSpan.Zero, AgentState.Speaking));
        call.On(new CallerStateChanged(TimeSpan.Zero, CallerState.Away));
        call.On(new TurnCompleted(TimeSpan.Zero, new TurnRecord
        {
            Number = 1,
            CallerText = "CANARY",
            AgentText = "CANARY",
            Timings = new CallTimings { EndOfSpeech = TimeSpan.FromSeconds(1), TurnDecided = TimeSpan.FromSeconds(1.3), Played = TimeSpan.FromSeconds(1.5) },
        }));

        var host = (await _api.AskAsync("GET", "/api/host", organization: null)).Body!;

        host.ToJsonString().Should().NotContain("CANARY");
        ((int)host["worker"]!["activeJobs"]!, (int)host["worker"]!["places"]!, (string)host["worker"]!["phase"]!).Should().Be((1, 50, "registered"));
        var shown = host["calls"]!.AsArray().Should().ContainSingle().Subject!;
        ((string)shown["id"]!, (string?)shown["organizationId"], (string)shown["roomName"]!, (string)shown["agentState"]!, (string)shown["callerState"]!, (int)shown["turns"]!)
            .Should().Be(("AJ_1", null, "lobby", "speaking", "away", 1));
        ((double)shown["lastTurn"]!["endToEndMs"]!, (double)shown["lastTurn"]!["endOfTurnMs"]!, (double?)shown["lastTurn"]!["transcriptionMs"]).Should().Be((500, 300, null));
        var outage = host["providers"]!["outages"]![0]!;
        ((string)outage["provider"]!, (string)outage["scope"]!, (string)outage["phase"]!, (string)outage["failure"]!, (double)outage["retryInMs"]!).Should().Be(("openai", "endpoint", "cooling", "unavailable", 12_000));
        ((long)host["process"]!["residentBytes"]!).Should().BeGreaterThan(1_000_000);
        PrometheusText.Read(_api.Telemetry.WriteMetrics()).Samples.Should().Contain("aico_provider_state{provider=\"openai\"}", 2).And.Contain("aico_provider_state{provider=\"groq\"}", 0);
    }

    [TestCase("database", true)]
    [TestCase("plugins", true)]
    [TestCase("headroom", false)]
    public async Task Is_not_ready_where_something_is_wrong_and_ready_for_the_API_where_that_does_not_need_it(string check, bool isForApi)
    {
        _api.Failing[check] = "It is wrong.";
        try
        {
            var (calls, api) = (await _api.SendAsync("GET", "/readyz", (string?)null), await _api.SendAsync("GET", "/readyz?for=api", (string?)null));

            (calls.Status, (string)calls.Body!["status"]!, (string)calls.Body["problems"]![0]!, (string)calls.Body["checks"]![check]!).Should().Be((503, "notReady", "It is wrong.", "failing"));
            api.Status.Should().Be(isForApi ? 503 : 200);
            api.Body!["checks"]!.AsObject().Select(pair => pair.Key).Should().Equal("database", "plugins");
        }
        finally
        {
            _api.Failing.Clear();
        }

        (await _api.SendAsync("GET", "/readyz", (string?)null)).Body!["checks"]!.ToJsonString().Should().Be("""{"worker":"ok","database":"ok","plugins":"ok","headroom":"ok"}""");
        (await _api.SendAsync("GET", "/readyz?for=tea", (string?)null)).Status.Should().Be(400);
    }
}

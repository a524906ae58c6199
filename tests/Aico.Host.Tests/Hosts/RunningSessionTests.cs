using Aico.Abstractions.Plugins;
using Aico.Host.Hosts;
using Aico.Host.Tests.Api;
using Aico.Host.Tests.Api.Configuration;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Hosts;

/// <summary>Calls that run on other hosts, as the API of their backend shows and ends them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RunningSessionTests
{
    private readonly ManualClock _clock = new();
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await ConfigurationApi.StartAsync(_clock);
        await _api.MakeAsync("acme");
        await _api.MakeAsync("globex");
    }

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Are_listed_and_read_as_their_host_reported_them_last()
    {
        await ReportAsync(Session("AJ_1"), Session("AJ_2") with { OrganizationId = "globex" });

        var live = await SessionsAsync("?state=live");
        var read = await _api.AskAsync("GET", "/api/sessions/AJ_1");

        live.Should().Equal(("AJ_1", "speaking", 4));
        (await SessionsAsync("")).Should().Equal(live);
        (await SessionsAsync("?state=ended")).Should().BeEmpty();
        ((string)read.Body!["roomName"]!, (bool)read.Body["ready"]!, read.Body["endedAt"], read.Body["turns"]).Should().Be(("room-of-AJ_1", true, null, null));

        await ReportAsync();
        (await SessionsAsync("")).Should().BeEmpty("the host says that it has ended");
    }

    [Test]
    public async Task Are_another_organizations_own()
    {
        await ReportAsync(Session("AJ_1"));
        var key = await _api.KeyAsync("globex");

        (await _api.AskWithAsync(key, "GET", "/api/sessions")).Body!["sessions"]!.AsArray().Should().BeEmpty();
        (await _api.AskWithAsync(key, "GET", "/api/sessions/AJ_1")).IsProblem(404, "not-found");
        (await _api.AskWithAsync(key, "DELETE", "/api/sessions/AJ_1")).IsProblem(404, "not-found");
        (await ReportAsync(Session("AJ_1"))).Should().BeEmpty("nobody who may has asked for its end");
    }

    [Test]
    public async Task Are_not_a_former_organizations_of_the_same_id()
    {
        await ReportAsync(Session("AJ_1") with { Started = _clock.Now - TimeSpan.FromHours(1) });

        (await SessionsAsync("")).Should().BeEmpty();
        (await _api.AskAsync("GET", "/api/sessions/AJ_1")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Are_ended_by_their_host_which_is_told_until_they_have()
    {
        await ReportAsync(Session("AJ_1"), Session("AJ_2"));

        var ended = await _api.AskAsync("DELETE", "/api/sessions/AJ_1");

        (ended.Status, (string?)ended.Body!["state"]).Should().Be((202, "speaking"));
        (await ReportAsync(Session("AJ_1"), Session("AJ_2"))).Should().Equal("AJ_1");
        (await ReportAsync(Session("AJ_1"), Session("AJ_2"))).Should().Equal(["AJ_1"], "the first answer may have been lost");
        (await ReportAsync(Session("AJ_2"))).Should().BeEmpty();
        (await ReportAsync(Session("AJ_1"), Session("AJ_2"))).Should().BeEmpty("it had ended; this one has its id by chance");
    }

    [Test]
    public async Task Of_a_host_that_is_silent_are_not_shown()
    {
        await ReportAsync(Session("AJ_1"));

        _clock.Now += HostRegistry.StaleAfter + TimeSpan.FromSeconds(1);

        (await SessionsAsync("")).Should().BeEmpty();
        (await _api.AskAsync("DELETE", "/api/sessions/AJ_1")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Come_in_pages_among_those_that_have_ended()
    {
        await ReportAsync(Session("AJ_1"), Session("AJ_3") with { Started = _clock.Now + TimeSpan.FromSeconds(3) });
        foreach (var (id, seconds) in new[] { ("AJ_0", -1), ("AJ_2", 2) })
        {
            await _api.SaveSessionAsync(id, "acme", _clock.Now + TimeSpan.FromSeconds(seconds));
        }

        var shown = new List<string>();
        for (var after = ""; after is not null;)
        {
            var page = (await _api.AskAsync("GET", $"/api/sessions?limit=1{after}")).Body!;
            shown.AddRange(page["sessions"]!.AsArray().Select(session => (string)session!["id"]!));
            after = (string?)page["next"] is { } next ? $"&after={Uri.EscapeDataString(next)}" : null;
        }

        shown.Should().Equal("AJ_3", "AJ_2", "AJ_1", "AJ_0");
    }

    [Test]
    public async Task Are_shown_as_ended_where_that_came_before_the_next_report()
    {
        await ReportAsync(Session("AJ_1"));
        await _api.SaveSessionAsync("AJ_1", "acme", _clock.Now);

        (await SessionsAsync("?state=live")).Should().BeEmpty();
        (await _api.AskAsync("GET", "/api/sessions")).Body!["sessions"]!.AsArray().Should().ContainSingle().Which!["state"]!.ToString().Should().Be("ended");
    }

    [Test]
    public async Task Are_ended_by_the_reporting_host_itself()
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var http = new SocketsHttpHandler();
        await ReportAsync(Session("AJ_1"));
        await _api.AskAsync("DELETE", "/api/sessions/AJ_1");

        await using (new HostReporter(_api.Address, new Secret(ConfigurationApi.InternalKey), http, () => Host(Session("AJ_1")), id => ended.TrySetResult(id), TimeProvider.System, NullLogger.Instance))
        {
            (await ended.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("AJ_1");
        }
    }

    private RunningSession Session(string id) => SampleHost.Session(id) with { Started = _clock.Now };

    private static HostStatus Host(params RunningSession[] sessions) => SampleHost.Of("a") with { Sessions = sessions };

    private async Task<List<string>> ReportAsync(params RunningSession[] sessions) =>
        [.. (await _api.AskAsync("PUT", "/api/internal/hosts/a", HostStatusJson.WriteReport(Host(sessions)).ToJsonString(), organization: null)).Body!["end"]!.AsArray().Select(id => (string)id!)];

    private async Task<List<(string Id, string State, int Turns)>> SessionsAsync(string query) =>
        [.. (await _api.AskAsync("GET", $"/api/sessions{query}")).Body!["sessions"]!.AsArray()
            .Select(session => ((string)session!["id"]!, (string)session["state"]!, (int)session["turnCount"]!))];
}

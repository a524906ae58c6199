using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Hosts;
using Aico.Host.Tests.Api;
using Aico.Host.Tests.Api.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Hosts;

/// <summary>Hosts that report to a backend, and what its operator sees of them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostReporterTests
{
    // Generous: the bound is for what never comes, not for what comes late.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start() => _api = await ConfigurationApi.StartAsync();

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task A_host_is_listed_while_it_reports_and_gone_when_it_has_said_goodbye()
    {
        using var http = new SocketsHttpHandler();
        await using (new HostReporter(_api.Address, new Secret(ConfigurationApi.InternalKey), http, () => SampleHost.Of("vm1-7", "vm1/2", 7, callHost: 2), _ => { }, TimeProvider.System, NullLogger.Instance))
        {
            using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
            while (_api.Hosts.FindCallHost(2, 7) is null)
            {
                bound.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            var listed = (await ListAsync()).Body!["hosts"]!.AsArray().Single()!;
            ((string)listed["label"]!, (string)listed["phase"]!, (int)listed["calls"]!, (bool)listed["isStale"]!).Should().Be(("vm1/2", "serving", 3, false));
        }

        (await ListAsync()).Body!["hosts"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Hosts_are_the_operator_s_to_see_and_reports_are_taken_from_hosts_alone()
    {
        await _api.MakeAsync("acme");
        var key = await _api.KeyAsync("acme");
        var report = HostStatusJson.Write(SampleHost.Of("a"));

        (await _api.AskWithAsync(key, "GET", "/api/hosts")).IsProblem(403, "operator-only");
        (await _api.AskWithAsync(key, "PUT", "/api/internal/hosts/a", report.ToJsonString())).IsProblem(403, "operator-only");
        (await _api.SendAsync("GET", "/api/hosts", (string?)null)).IsProblem(401, "unauthenticated");
        (await ReportAsync(report, "b")).Errors.Keys.Should().Equal("/id");
        (await ReportAsync(new JsonObject { ["id"] = "a" })).Errors.Keys.Should().Equal("/name");
        (await ReportAsync(report)).Status.Should().Be(200);

        _api.Hosts.List().Should().ContainSingle();
    }

    private Task<ApiAnswer> ListAsync() => _api.AskAsync("GET", "/api/hosts", organization: null);

    private Task<ApiAnswer> ReportAsync(JsonObject report, string id = "a") => _api.AskAsync("PUT", $"/api/internal/hosts/{id}", report.ToJsonString(), organization: null);
}

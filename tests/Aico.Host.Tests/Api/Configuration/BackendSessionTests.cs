using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Backend;
using Aico.Host.Calls.Rooms;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Sessions of hosts without a store, kept by the host that has one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BackendSessionTests
{
    private const string Path = "/api/internal/organizations/acme/sessions/AJ_1";
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
    public async Task One_that_has_ended_on_another_host_is_its_organization_s_to_read()
    {
        var calls = new RoomCallRegistry(_clock);
        using var http = new SocketsHttpHandler();
        var backend = new BackendDelivery("sessions", _api.Address, new Secret(ConfigurationApi.InternalKey), http, TimeProvider.System, NullLogger.Instance);
        await using (var sender = new SessionSender(calls, backend, TimeProvider.System, NullLogger.Instance))
        {
            EndedCalls.End(calls, "AJ_1", "acme");
            EndedCalls.End(calls, "AJ_2", "acme");
        }

        var listed = await _api.AskWithAsync(await _api.KeyAsync("acme"), "GET", "/api/sessions?state=ended");
        var read = await _api.AskWithAsync(await _api.KeyAsync("acme"), "GET", "/api/sessions/AJ_1");

        listed.Body!["sessions"]!.AsArray().Select(session => (string)session!["id"]!).Should().BeEquivalentTo("AJ_1", "AJ_2");
        ((string?)read.Body!["endReason"], (string?)read.Body["participantIdentity"], (string?)read.Body["configurationVersion"], (int)read.Body["turnCount"]!).Should().Be(("callerLeft", "ann", "api:7", 1));
        read.Body["turns"]![0]!.ToJsonString().Should().Contain("Hello.");
        (await _api.AskWithAsync(await _api.KeyAsync("globex"), "GET", "/api/sessions/AJ_1")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task One_is_taken_from_the_internal_key_alone_and_replaced_by_itself()
    {
        (await _api.AskWithAsync(await _api.KeyAsync("acme"), "PUT", Path, Session().ToJsonString())).IsProblem(403, "operator-only");
        (await _api.SendAsync("PUT", Path, Session().ToJsonString())).IsProblem(401, "unauthenticated");
        (await _api.AskAsync("GET", "/api/sessions/AJ_1")).IsProblem(404, "not-found");

        (await PutAsync(Session())).Status.Should().Be(204);
        (await PutAsync(Session(session => session["error"] = "Twice."))).Status.Should().Be(204);

        ((string?)(await _api.AskAsync("GET", "/api/sessions/AJ_1")).Body!["error"]).Should().Be("Twice.");
    }

    [Test]
    public async Task One_of_hours_is_longer_than_other_bodies_may_be()
    {
        var turns = new JsonArray([.. Enumerable.Range(0, 2_000).Select(number => new JsonObject { ["number"] = number, ["callerText"] = new string('x', 1_000) })]);

        (await PutAsync(Session(session => session["turns"] = turns))).Status.Should().Be(204);

        ((int)(await _api.AskAsync("GET", "/api/sessions/AJ_1")).Body!["turnCount"]!).Should().Be(2_000);
    }

    [Test]
    public async Task One_that_is_none_is_refused_with_all_that_is_wrong()
    {
        var refused = await PutAsync(Session(session =>
        {
            session["id"] = "AJ_2";
            session["organizationId"] = "globex";
            session["endedAt"] = "2026-02-01T00:00:00Z";
            session["ready"] = "yes";
            session["turns"] = new JsonArray(1);
            session.Remove("roomName");
        }));

        refused.IsProblem(400, "invalid-request");
        refused.Errors.Keys.Should().BeEquivalentTo("/id", "/organizationId", "/endedAt", "/ready", "/turns", "/roomName");
        (await _api.Store.ListSessionsAsync("globex", null, 10, CancellationToken.None)).Should().BeEmpty();
    }

    [Test]
    public async Task One_of_no_organization_or_of_a_former_one_is_not_kept()
    {
        _clock.Now += TimeSpan.FromMinutes(1);
        await _api.MakeAsync("later");
        Task<ApiAnswer> SendAsync(string organization, string version) => _api.AskAsync(
            "PUT", $"/api/internal/organizations/{organization}/sessions/AJ_1", Session(session => (session["organizationId"], session["configurationVersion"]) = (organization, version)).ToJsonString(), organization: null);

        (await SendAsync("nobody", "api:1")).IsProblem(404, "unknown-organization");
        (await SendAsync("later", "api:1")).IsProblem(404, "unknown-organization");
        (await SendAsync("later", "environment")).Status.Should().Be(204);
        (await SendAsync("filed", "file:3")).Status.Should().Be(204);
    }

    private Task<ApiAnswer> PutAsync(JsonObject session) => _api.AskAsync("PUT", Path, session.ToJsonString(), organization: null);

    private static JsonObject Session(Action<JsonObject>? change = null)
    {
        var session = new JsonObject
        {
            ["id"] = "AJ_1",
            ["organizationId"] = "acme",
            ["agent"] = "default",
            ["configurationVersion"] = "api:1",
            ["roomName"] = "lobby",
            ["participantIdentity"] = null,
            ["state"] = "ended",
            ["ready"] = true,
            ["startedAt"] = "2026-03-01T12:00:00Z",
            ["endedAt"] = "2026-03-01T12:00:30Z",
            ["endReason"] = "callerLeft",
            ["error"] = null,
            ["turnCount"] = 0,
            ["turns"] = new JsonArray(),
            ["ofANewerHost"] = true,
        };
        change?.Invoke(session);
        return session;
    }
}

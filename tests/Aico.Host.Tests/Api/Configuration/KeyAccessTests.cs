using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>What keys of organizations may do.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class KeyAccessTests
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
    public async Task Means_its_own_organization_where_it_names_none()
    {
        var key = await _api.KeyAsync("globex");

        var answer = await _api.AskWithAsync(key, "GET", "/api/organizations/current");

        (answer.Status, (string?)answer.Body!["id"]).Should().Be((200, "globex"));
    }

    [Test]
    public async Task Learns_the_same_of_another_organization_as_of_none()
    {
        var key = await _api.KeyAsync("acme");

        var other = await _api.AskWithAsync(key, "GET", "/api/organizations/current", null, ("X-Organization-Id", "globex"));
        var none = await _api.AskWithAsync(key, "GET", "/api/organizations/current", null, ("X-Organization-Id", "nobody"));
        var own = await _api.AskWithAsync(key, "GET", "/api/organizations/current", null, ("X-Organization-Id", "acme"));

        other.IsProblem(404, "unknown-organization");
        none.Body!.ToJsonString().Should().Be(other.Body!.ToJsonString());
        own.Status.Should().Be(200);
    }

    [Test]
    public async Task Leads_no_secret_to_another_server_without_the_scope_for_secrets()
    {
        const string Path = "/api/organizations/current/providers/openai/config";
        var key = await _api.KeyAsync("acme", ApiKeyScopes.ProvidersWrite);
        (await _api.AskWithAsync(key, "PUT", Path, """{"config":{"baseUrl":"https://one.example/v1"}}""")).Status.Should().Be(200, "there is no secret yet");
        await _api.AskAsync("PUT", "/api/organizations/current/providers/openai/secrets", """{"secrets":{"apiKey":"sk-canary"}}""");

        var refused = await _api.AskWithAsync(key, "PUT", Path, """{"config":{"baseUrl":"https://two.example/v1"}}""");
        var removed = await _api.AskWithAsync(key, "PUT", Path, """{"config":{}}""");
        var same = await _api.AskWithAsync(key, "PUT", Path, """{"config":{"baseUrl":"https://one.example/v1","model":"gpt-6-luna"}}""");
        var other = await _api.AskWithAsync(await _api.KeyAsync("acme", ApiKeyScopes.ProvidersWrite, ApiKeyScopes.SecretsWrite), "PUT", Path, """{"config":{"baseUrl":"https://two.example/v1"}}""");

        refused.IsProblem(403, "insufficient-scope");
        removed.IsProblem(403, "insufficient-scope");
        (same.Status, other.Status).Should().Be((200, 200));
    }

    [TestCase("GET", "/api/providers", ApiKeyScopes.ProvidersRead)]
    [TestCase("PUT", "/api/organizations/current/providers/flite/config", ApiKeyScopes.ProvidersWrite)]
    [TestCase("PUT", "/api/organizations/current/providers/openai/secrets", ApiKeyScopes.SecretsWrite)]
    [TestCase("GET", "/api/sessions", ApiKeyScopes.SessionsRead)]
    [TestCase("DELETE", "/api/sessions/x", ApiKeyScopes.SessionsWrite)]
    [TestCase("GET", "/api/organizations/current/usage", ApiKeyScopes.UsageRead)]
    [TestCase("GET", "/API/Organizations/Current/Usage", ApiKeyScopes.UsageRead)]
    public async Task Names_the_scope_that_is_missing(string method, string path, string scope)
    {
        var narrow = await _api.KeyAsync("acme", [.. ApiKeyScopes.All.Where(other => other != scope)]);
        var fitting = await _api.KeyAsync("acme", scope);

        var refused = await _api.AskWithAsync(narrow, method, path, method == "PUT" ? "{}" : null);
        var served = await _api.AskWithAsync(fitting, method, path, method == "PUT" ? "{}" : null);

        refused.IsProblem(403, "insufficient-scope");
        ((string?)refused.Body!["scope"]).Should().Be(scope);
        served.Status.Should().NotBe(403).And.NotBe(401);
    }

    [TestCase("GET", "/api/organizations")]
    [TestCase("POST", "/api/organizations")]
    [TestCase("GET", "/api/organizations/acme")]
    [TestCase("DELETE", "/api/organizations/acme")]
    [TestCase("GET", "/api/organization-files")]
    [TestCase("GET", "/api/organizations/current/audit")]
    public async Task Leaves_the_operators_own_to_the_operator(string method, string path) =>
        (await _api.AskWithAsync(await _api.KeyAsync("acme"), method, path)).IsProblem(403, "operator-only");

    [Test]
    public async Task Refuses_keys_that_are_unknown_or_have_ended()
    {
        const string Path = "/api/organizations/current";
        var expiring = (await _api.Keys.CreateAsync("acme", "e", ApiKeyScopes.All, _clock.Now + TimeSpan.FromHours(1), new StoreActor("test"), CancellationToken.None)).Token.Reveal();
        var revoked = await _api.Keys.CreateAsync("acme", "r", ApiKeyScopes.All, null, new StoreActor("test"), CancellationToken.None);
        var known = revoked.Token.Reveal();
        (await _api.AskWithAsync(expiring, "GET", Path)).Status.Should().Be(200);
        (await _api.AskWithAsync(known, "GET", Path)).Status.Should().Be(200);

        (await _api.AskAsync("DELETE", $"/api/organizations/current/keys/{revoked.Row.Id}")).Status.Should().Be(204);
        _clock.Now += TimeSpan.FromHours(2);

        (await _api.AskWithAsync(expiring, "GET", Path)).IsProblem(401, "unauthenticated");
        (await _api.AskWithAsync(known, "GET", Path)).IsProblem(401, "unauthenticated");
        (await _api.AskWithAsync(known[..^1] + "!", "GET", Path)).IsProblem(401, "unauthenticated");
        (await _api.SendAsync("GET", Path, (string?)null)).IsProblem(401, "unauthenticated");
        (await _api.SendAsync("GET", Path, (string?)null, ("Authorization", "Basic YTpi"))).IsProblem(401, "unauthenticated");
        (await _api.SendAsync("GET", "/API/organizations/current", (string?)null)).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Does_not_outlive_its_organization()
    {
        var key = await _api.KeyAsync("acme");
        (await _api.AskWithAsync(key, "GET", "/api/organizations/current")).Status.Should().Be(200);

        (await _api.AskAsync("DELETE", "/api/organizations/acme", organization: null)).Status.Should().Be(204);

        (await _api.AskWithAsync(key, "GET", "/api/organizations/current")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Opens_an_organization_of_a_file_for_as_long_as_the_file_is_there()
    {
        const string Path = "/api/organizations/current";
        var made = await _api.AskAsync("POST", $"{Path}/keys", """{"name":"ann","scopes":["providers:read","providers:write","sessions:read","usage:read"]}""", FileOrganizations.Id);
        made.Status.Should().Be(201);
        var key = (string)made.Body!["key"]!;

        ((string?)(await _api.AskWithAsync(key, "GET", Path)).Body!["id"]).Should().Be(FileOrganizations.Id);
        (await _api.AskWithAsync(key, "GET", "/api/sessions")).Status.Should().Be(200);
        (await _api.AskWithAsync(key, "GET", $"{Path}/usage")).Status.Should().Be(200);
        (await _api.AskWithAsync(key, "PUT", $"{Path}/providers/flite/config", "{}")).IsProblem(409, "managed-by-file");
        (await _api.AskWithAsync(key, "GET", Path, null, ("X-Organization-Id", "acme"))).IsProblem(404, "unknown-organization");
        var rotated = await _api.AskAsync("POST", $"{Path}/keys/{made.Body["id"]}/rotate", """{"overlapSeconds":3600}""", FileOrganizations.Id);
        rotated.Status.Should().Be(201);
        (await _api.AskAsync("DELETE", $"{Path}/keys/{rotated.Body!["id"]}", organization: FileOrganizations.Id)).Status.Should().Be(204);
        (await _api.AskWithAsync((string)rotated.Body["key"]!, "GET", Path)).Status.Should().Be(401);

        _api.Files.Set(isGone: true);
        (await _api.AskWithAsync(key, "GET", Path)).IsProblem(401, "unauthenticated");
        (await _api.AskWithAsync(key, "GET", "/api/providers")).IsProblem(401, "unauthenticated");
        (await _api.AskAsync("GET", $"{Path}/keys", organization: FileOrganizations.Id)).IsProblem(404, "unknown-organization");
        _api.Files.Set(isGone: false);
        (await _api.AskWithAsync(key, "GET", Path)).Status.Should().Be(200, "a file may be away for a while");

        _api.Files.Set(isGone: true);
        await _api.MakeAsync(FileOrganizations.Id);
        (await _api.AskWithAsync(key, "GET", Path)).IsProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Makes_no_key_that_is_wider_than_itself_or_outlives_it()
    {
        const string Path = "/api/organizations/current/keys";
        var end = _clock.Now + TimeSpan.FromHours(1);
        var own = await _api.Keys.CreateAsync("acme", "own", [ApiKeyScopes.SecretsWrite], end, new StoreActor("test"), CancellationToken.None);
        var wide = await _api.Keys.CreateAsync("acme", "wide", ApiKeyScopes.All, null, new StoreActor("test"), CancellationToken.None);
        var key = own.Token.Reveal();

        var wider = await _api.AskWithAsync(key, "POST", Path, """{"name":"x","scopes":["secrets:write","usage:read"]}""");
        var longer = await _api.AskWithAsync(key, "POST", Path, """{"name":"x","scopes":["secrets:write"],"expiresAt":"2030-01-01T00:00:00Z"}""");
        var same = await _api.AskWithAsync(key, "POST", Path, """{"name":"x","scopes":["secrets:write"]}""");

        wider.IsProblem(400, "invalid-request");
        wider.Errors.Keys.Should().Equal("/scopes/1");
        longer.IsProblem(400, "invalid-request");
        longer.Errors.Keys.Should().Equal("/expiresAt");
        same.Status.Should().Be(201);
        DateTimeOffset.Parse((string)same.Body!["expiresAt"]!).Should().Be(end);
        (await _api.AskWithAsync(key, "POST", $"{Path}/{wide.Row.Id}/rotate")).IsProblem(403, "insufficient-scope");
        (await _api.AskWithAsync(key, "DELETE", $"{Path}/{wide.Row.Id}")).IsProblem(403, "insufficient-scope");
    }

    [Test]
    public async Task Is_replaced_by_another_with_an_overlap()
    {
        const string Path = "/api/organizations/current/keys";
        var made = await _api.AskAsync("POST", Path, """{"name":"ci","scopes":["usage:read"]}""");
        var (id, old) = ((string)made.Body!["id"]!, (string)made.Body["key"]!);

        var rotated = await _api.AskAsync("POST", $"{Path}/{id}/rotate", """{"overlapSeconds":60}""");

        rotated.Status.Should().Be(201);
        var fresh = (string)rotated.Body!["key"]!;
        fresh.Should().NotBe(old);
        (await _api.AskWithAsync(old, "GET", "/api/organizations/current")).Status.Should().Be(200, "both are taken for a while");
        _clock.Now += TimeSpan.FromSeconds(61);
        (await _api.AskWithAsync(old, "GET", "/api/organizations/current")).Status.Should().Be(401);
        (await _api.AskWithAsync(fresh, "GET", "/api/organizations/current")).Status.Should().Be(200);
        var list = await _api.AskAsync("GET", Path);
        list.Body!["keys"]!.AsArray().Should().HaveCount(2);
        list.Body.ToJsonString().Should().NotContain(old).And.NotContain(fresh);
        (await _api.AskAsync("POST", $"{Path}/k_nobody/rotate", organization: "globex")).IsProblem(404, "not-found");
        (await _api.AskAsync("DELETE", $"{Path}/{id}", organization: "globex")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task An_endpoint_that_does_not_declare_who_may_use_it_keeps_the_API_from_starting()
    {
        var services = new ApiServices { Agents = new NoAgents(), Calls = _api.Calls, Problems = () => [], IsBroken = () => false, Loggers = NullLoggerFactory.Instance };

        var act = () => ApiServer.StartAsync(new ApiOptions { Port = 0, Key = new Secret("k") }, services, routes => routes.MapGet("/api/forgotten", () => "x"), CancellationToken.None);

        (await act.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*/api/forgotten*");
    }
}

using System.Security.Cryptography;
using Aico.Host.Api;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Aico.Host.Tests.Api.Tokens;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>What tokens of an identity provider may do, through the whole server.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TokenAccessTests
{
    private const string Current = "/api/organizations/current";
    private const string Keys = "/api/organizations/current/keys";

    private IdentityProvider _provider = null!;
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _provider = await IdentityProvider.StartAsync(TimeProvider.System);
        _api = await ConfigurationApi.StartAsync(rate: new ApiRate(0.001, 20), jwt: _provider.Options);
        await _api.MakeAsync("acme");
        await _api.MakeAsync("globex");
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task Reads_its_own_organization_within_its_scopes()
    {
        var token = _provider.Token();

        var own = await _api.AskWithAsync(token, "GET", Current);

        (own.Status, (string?)own.Body!["id"]).Should().Be((200, "acme"));
        (await _api.AskWithAsync(token, "GET", $"{Current}/usage")).Status.Should().Be(200);
        (await _api.AskWithAsync(token, "GET", $"{Current}/providers")).Status.Should().Be(200);
        (await _api.AskWithAsync(token, "GET", "/api/sessions")).IsProblem(403, "insufficient-scope");
        (await _api.AskWithAsync(token, "PUT", $"{Current}/providers/flite/config", "{}")).IsProblem(403, "insufficient-scope");
    }

    [Test]
    public async Task Learns_the_same_of_another_organization_as_of_none()
    {
        await _api.Store.SaveSessionAsync(
            new SessionRow("AJ_globex", "globex", "room", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "{}", "{}"), CancellationToken.None);
        var token = _provider.Token(scope: string.Join(' ', ApiKeyScopes.All));

        var other = await _api.AskWithAsync(token, "GET", Current, null, ("X-Organization-Id", "globex"));
        var none = await _api.AskWithAsync(token, "GET", Current, null, ("X-Organization-Id", "nobody"));

        other.IsProblem(404, "unknown-organization");
        none.Body!.ToJsonString().Should().Be(other.Body!.ToJsonString());
        (await _api.AskWithAsync(token, "GET", "/api/sessions/AJ_globex")).IsProblem(404, "not-found");
        (await _api.AskWithAsync(token, "DELETE", Current, null, ("X-Organization-Id", "globex"))).Status.Should().Be(404);
        (await _api.AskWithAsync(_provider.Token(organization: "nobody"), "GET", Current)).IsProblem(404, "unknown-organization");
        (await _api.AskWithAsync(_provider.Token(organization: new[] { "acme", "globex" }), "GET", Current)).Status.Should().BeOneOf(401, 404);
    }

    [Test]
    public async Task Is_refused_where_it_is_over_for_others_or_signed_by_others()
    {
        using var other = RSA.Create(2048);
        (string What, string Token)[] tokens =
        [
            ("another issuer", _provider.Token(issuer: "https://elsewhere.example.com")),
            ("another audience", _provider.Token(audience: "billing")),
            ("expired", _provider.Token(life: TimeSpan.FromMinutes(-2))),
            ("unsigned", _provider.Unsigned()),
            ("another key", _provider.Token(key: other)),
            ("another key by another name", _provider.Token(key: other, keyId: "k2")),
            ("the public key as a secret", _provider.SignedWithTheirPublicKey()),
            ("no organization", _provider.Token(hasOrganization: false)),
            ("an empty organization", _provider.Token(organization: "")),
            ("cut", _provider.Token()[..^4]),
        ];
        (await _api.AskWithAsync(_provider.Token(), "GET", Current)).Status.Should().Be(200);

        foreach (var (what, token) in tokens)
        {
            var answer = await _api.AskWithAsync(token, "GET", Current);

            answer.Status.Should().Be(401, what);
            answer.IsProblem(401, "unauthenticated");
            answer.Body!.ToJsonString().Should().NotContain(token);
        }
    }

    [Test]
    public async Task Never_becomes_more_than_its_scopes()
    {
        var token = _provider.Token(scope: "secrets:write operator internal admin * providers:*");

        (await _api.AskWithAsync(token, "GET", "/api/organizations")).IsProblem(403, "operator-only");
        (await _api.AskWithAsync(token, "POST", "/api/organizations", """{"id":"mine"}""")).IsProblem(403, "operator-only");
        (await _api.AskWithAsync(token, "GET", $"{Current}/providers")).IsProblem(403, "insufficient-scope");
        var wider = await _api.AskWithAsync(token, "POST", Keys, """{"name":"x","scopes":["secrets:write","providers:read"]}""");
        wider.IsProblem(400, "invalid-request");
        wider.Errors.Keys.Should().Equal("/scopes/1");
        (await _api.AskWithAsync(token, "POST", Keys, """{"name":"x","scopes":["secrets:write"]}""")).Status.Should().Be(201);
    }

    [Test]
    public async Task Sees_no_secret_in_clear()
    {
        await _api.AskAsync("PUT", $"{Current}/providers/openai/config", "{}");
        await _api.AskAsync("PUT", $"{Current}/providers/openai/secrets", """{"secrets":{"apiKey":"sk-CANARY-0123456789"}}""");

        var answer = await _api.AskWithAsync(_provider.Token(), "GET", "/api/providers/organization/enabled");

        answer.Status.Should().Be(200);
        answer.Body!["providers"]![0]!["secrets"]!["apiKey"]!.ToJsonString().Should().Be("""{"set":true}""");
    }

    [Test]
    public async Task Shares_nothing_with_one_of_the_same_name_in_another_organization()
    {
        const string Body = """{"name":"x","scopes":["secrets:write"]}""";
        var (acme, globex) = (_provider.Token(scope: "secrets:write"), _provider.Token(organization: "globex", scope: "secrets:write"));

        var one = await _api.AskWithAsync(acme, "POST", Keys, Body, ("Idempotency-Key", "same"));
        var other = await _api.AskWithAsync(globex, "POST", Keys, Body, ("Idempotency-Key", "same"));

        (one.Status, other.Status).Should().Be((201, 201));
        ((string?)other.Body!["key"]).Should().NotBe((string?)one.Body!["key"]);
        ((string?)(await _api.AskWithAsync(acme, "POST", Keys, Body, ("Idempotency-Key", "same"))).Body!["key"]).Should().Be((string?)one.Body["key"]);
        for (var i = 0; i < 18; i++)
        {
            (await _api.AskWithAsync(acme, "GET", Current)).Status.Should().Be(200);
        }

        (await _api.AskWithAsync(acme, "GET", Current)).IsProblem(429, "too-many-requests");
        (await _api.AskWithAsync(globex, "GET", Current)).Status.Should().Be(200, "another organization has a rate of its own");
    }

    [Test]
    public async Task Is_answered_that_the_identity_provider_is_away_and_keys_go_on()
    {
        await _provider.GoAsync();

        (await _api.AskWithAsync(_provider.Token(), "GET", Current)).IsProblem(503, "configuration-unavailable");
        (await _api.AskWithAsync(await _api.KeyAsync("acme"), "GET", Current)).Status.Should().Be(200);
    }
}

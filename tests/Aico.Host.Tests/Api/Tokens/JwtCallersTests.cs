using System.Security.Cryptography;
using Aico.Host.Api;
using Aico.Host.Api.Tokens;
using Aico.Host.Tests.Storage;

namespace Aico.Host.Tests.Api.Tokens;

/// <summary>Tokens of an identity provider that is a real HTTP server with keys of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JwtCallersTests
{
    private readonly ManualClock _clock = new();
    private readonly SocketsHttpHandler _http = new();
    private IdentityProvider _provider = null!;
    private JwtCallers _callers = null!;

    [SetUp]
    public async Task Start()
    {
        _provider = await IdentityProvider.StartAsync(_clock);
        _callers = new JwtCallers(_provider.Options, _http, _clock);
    }

    [TearDown]
    public async Task Stop()
    {
        await _provider.DisposeAsync();
        _http.Dispose();
    }

    [Test]
    public async Task Takes_the_organization_and_the_scopes_of_a_token()
    {
        var caller = await AskAsync(_provider.Token());

        caller!.OrganizationId.Should().Be("acme");
        caller.Scopes.Should().BeEquivalentTo("providers:read", "usage:read");
        (caller.Name, caller.IsOperator, caller.SeesSecrets).Should().Be(("token:ann", false, false));
    }

    [Test]
    public async Task Asks_for_the_keys_once()
    {
        await AskAsync(_provider.Token());
        await AskAsync(_provider.Token());

        _provider.Requests.Should().Equal("/.well-known/openid-configuration", "/keys");
    }

    [Test]
    public async Task Refuses_what_is_expired_for_others_or_signed_by_others()
    {
        using var other = RSA.Create(2048);

        (await AskAsync(_provider.Token(audience: "another"))).Should().BeNull();
        (await AskAsync(_provider.Token(issuer: "https://elsewhere.example.com"))).Should().BeNull();
        (await AskAsync(_provider.Token(key: other))).Should().BeNull();
        (await AskAsync(_provider.Token(hasOrganization: false))).Should().BeNull();
        (await AskAsync(_provider.Token()[..^8] + "AAAAAAAA")).Should().BeNull();
        (await AskAsync(_provider.Unsigned())).Should().BeNull();
        (await AskAsync(_provider.SignedWithTheirPublicKey())).Should().BeNull();
        (await AskAsync("a.b.c")).Should().BeNull();
        (await AskAsync("..")).Should().BeNull();
        var token = _provider.Token();
        _clock.Now += TimeSpan.FromHours(2);
        (await AskAsync(token)).Should().BeNull();
    }

    [Test]
    public async Task Says_that_the_identity_provider_cannot_be_asked()
    {
        var token = _provider.Token();
        await _provider.GoAsync();

        var asking = () => AskAsync(token);

        (await asking.Should().ThrowAsync<ApiException>()).Which.Problem.Should().Be(ApiProblem.ConfigurationUnavailable);
    }

    [Test]
    public void Wants_an_issuer_whose_keys_nobody_can_change_on_the_way()
    {
        static JwtOptions? Of(params (string, string)[] set) => JwtOptions.Of(set.ToDictionary(pair => pair.Item1, pair => pair.Item2));

        Of().Should().BeNull();
        Of(("AICO_JWT_ISSUER", "https://login.example.com/"), ("AICO_JWT_AUDIENCE", "aico"))!.OrganizationClaim.Should().Be("organization");
        FluentActions.Invoking(() => Of(("AICO_JWT_ISSUER", "http://login.example.com/"), ("AICO_JWT_AUDIENCE", "aico"))).Should().Throw<FormatException>().WithMessage("AICO_JWT_ISSUER*");
        FluentActions.Invoking(() => Of(("AICO_JWT_ISSUER", "https://login.example.com/"))).Should().Throw<FormatException>().WithMessage("AICO_JWT_AUDIENCE*");
    }

    private async Task<ApiCaller?> AskAsync(string token) => await _callers.AuthenticateAsync(token, CancellationToken.None);
}

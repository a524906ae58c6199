using System.Security.Cryptography;
using Aico.Host.Api;
using Aico.Host.Api.Tokens;
using Aico.Host.Tests.Storage;
using Aico.Testing.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.Tests.Api.Tokens;

/// <summary>Tokens of an identity provider that is a real HTTP server with keys of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JwtCallersTests
{
    private readonly ManualClock _clock = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly SocketsHttpHandler _http = new();
    private LocalHttpServer _provider = null!;
    private JwtCallers _callers = null!;

    [SetUp]
    public async Task Start()
    {
        _provider = await LocalHttpServer.StartAsync();
        _callers = new JwtCallers(new JwtOptions(new Uri(_provider.Url), "aico", "organization"), _http, _clock);
        Offer(_key, "k1");
    }

    [TearDown]
    public async Task Stop()
    {
        await _provider.DisposeAsync();
        _key.Dispose();
        _http.Dispose();
    }

    [Test]
    public async Task Takes_the_organization_and_the_scopes_of_a_token()
    {
        var caller = await AskAsync(Token());

        caller!.OrganizationId.Should().Be("acme");
        caller.Scopes.Should().BeEquivalentTo("providers:read", "usage:read");
        (caller.Name, caller.IsOperator, caller.SeesSecrets).Should().Be(("token:ann", false, false));
    }

    [Test]
    public async Task Asks_for_the_keys_once()
    {
        await AskAsync(Token());
        await AskAsync(Token());

        _provider.Requests.Select(request => request.PathAndQuery).Should().Equal("/.well-known/openid-configuration", "/keys");
    }

    [Test]
    public async Task Refuses_what_is_expired_for_others_or_signed_by_others()
    {
        using var other = RSA.Create(2048);

        (await AskAsync(Token(audience: "another"))).Should().BeNull();
        (await AskAsync(Token(issuer: "https://elsewhere.example.com"))).Should().BeNull();
        (await AskAsync(Token(key: other))).Should().BeNull();
        (await AskAsync(Token(organization: null))).Should().BeNull();
        (await AskAsync(Token()[..^8] + "AAAAAAAA")).Should().BeNull();
        (await AskAsync(Unsigned())).Should().BeNull();
        (await AskAsync(SignedWithTheirPublicKey())).Should().BeNull();
        (await AskAsync("a.b.c")).Should().BeNull();
        (await AskAsync("..")).Should().BeNull();
        var token = Token();
        _clock.Now += TimeSpan.FromHours(2);
        (await AskAsync(token)).Should().BeNull();
    }

    [Test]
    public async Task Says_that_the_identity_provider_cannot_be_asked()
    {
        var token = Token();
        await _provider.DisposeAsync();

        var asking = () => AskAsync(token);

        (await asking.Should().ThrowAsync<ApiException>()).Which.Problem.Should().Be(ApiProblem.ConfigurationUnavailable);
        _provider = await LocalHttpServer.StartAsync();
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

    private void Offer(RSA key, string id)
    {
        var web = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.ExportParameters(false)) { KeyId = id });
        _provider.Enqueue(
            LocalResponse.Text(200, $$"""{"issuer":"{{_provider.Url}}","jwks_uri":"{{_provider.Url}}/keys"}"""),
            LocalResponse.Text(200, $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{web.N}}","e":"{{web.E}}"}]}"""));
    }

    private string Token(RSA? key = null, string audience = "aico", string? issuer = null, string? organization = "acme") =>
        Write(new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256), audience, issuer, organization);

    private string Unsigned() => Write(null, "aico", null, "acme");

    // The trick of old libraries: the public key as the secret of a symmetric signature.
    private string SignedWithTheirPublicKey() =>
        Write(new SigningCredentials(new SymmetricSecurityKey(_key.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256), "aico", null, "acme");

    private string Write(SigningCredentials? credentials, string audience, string? issuer, string? organization)
    {
        var claims = new Dictionary<string, object> { ["sub"] = "ann", ["scope"] = "openid providers:read usage:read" };
        if (organization is not null)
        {
            claims["organization"] = organization;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? _provider.Url,
            Audience = audience,
            Expires = (_clock.Now + TimeSpan.FromHours(1)).UtcDateTime,
            Claims = claims,
            SigningCredentials = credentials,
        });
    }
}

using System.Security.Cryptography;
using Aico.Host.Api.Tokens;
using Aico.Testing.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.Tests.Api.Tokens;

/// <summary>An identity provider: a real HTTP server that tells its public key once, and tokens, good and bad, that are signed here.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly LocalHttpServer _server;
    private readonly string _url;
    private readonly TimeProvider _time;
    private bool _isGone;

    private IdentityProvider(LocalHttpServer server, TimeProvider time) => (_server, _url, _time) = (server, server.Url, time);

    public JwtOptions Options => new(new Uri(_url), "aico", "organization");

    public IEnumerable<string> Requests => _server.Requests.Select(request => request.PathAndQuery);

    public static async Task<IdentityProvider> StartAsync(TimeProvider time)
    {
        var provider = new IdentityProvider(await LocalHttpServer.StartAsync(), time);
        var web = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(provider._key.ExportParameters(false)) { KeyId = "k1" });
        provider._server.Enqueue(
            LocalResponse.Text(200, $$"""{"issuer":"{{provider._url}}","jwks_uri":"{{provider._url}}/keys"}"""),
            LocalResponse.Text(200, $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"k1","n":"{{web.N}}","e":"{{web.E}}"}]}"""));
        return provider;
    }

    /// <summary>A token that is good for an hour, unless told otherwise.</summary>
    /// <param name="key">Null: the provider's own.</param>
    /// <param name="audience">For whom it is.</param>
    /// <param name="issuer">Null: this one.</param>
    /// <param name="organization">Null: acme; an array is written as one.</param>
    /// <param name="hasOrganization">False: the claim is left out.</param>
    /// <param name="scope">As it stands in the claim.</param>
    /// <param name="life">From now on; negative: it is over.</param>
    /// <param name="keyId">The key that it names.</param>
    public string Token(
        RSA? key = null,
        string audience = "aico",
        string? issuer = null,
        object? organization = null,
        bool hasOrganization = true,
        string scope = "openid providers:read usage:read",
        TimeSpan? life = null,
        string keyId = "k1") =>
        Write(
            new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = keyId }, SecurityAlgorithms.RsaSha256),
            audience, issuer, hasOrganization ? organization ?? "acme" : null, scope, life);

    /// <summary>Nobody has signed it: its header says "none".</summary>
    public string Unsigned() => Write(null, "aico", null, "acme", "providers:read", null);

    /// <summary>The trick of old libraries: the public key as the secret of a symmetric signature.</summary>
    public string SignedWithTheirPublicKey() => Write(
        new SigningCredentials(new SymmetricSecurityKey(_key.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256),
        "aico", null, "acme", "providers:read", null);

    /// <summary>Goes away.</summary>
    public async Task GoAsync()
    {
        _isGone = true;
        await _server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGone)
        {
            await _server.DisposeAsync();
        }

        _key.Dispose();
    }

    private string Write(SigningCredentials? credentials, string audience, string? issuer, object? organization, string scope, TimeSpan? life)
    {
        var claims = new Dictionary<string, object> { ["sub"] = "ann", ["scope"] = scope };
        if (organization is not null)
        {
            claims["organization"] = organization;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? _url,
            Audience = audience,
            Expires = (_time.GetUtcNow() + (life ?? TimeSpan.FromHours(1))).UtcDateTime,
            Claims = claims,
            SigningCredentials = credentials,
        });
    }
}

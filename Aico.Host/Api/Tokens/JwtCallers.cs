using Aico.Host.Organizations.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.Api.Tokens;

/// <summary>
/// Makes callers of an identity provider's tokens: the organization stands in a claim, what they may do in "scope". Nobody becomes the
/// operator by a token. Safe from any thread.
/// </summary>
internal sealed class JwtCallers(JwtOptions options, HttpMessageHandler http, TimeProvider time)
{
    /// <summary>How far the clocks of two machines may be apart.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };
    private readonly IssuerKeys _keys = new(options.Issuer, http, time);

    /// <summary>Null: it is no token of the identity provider, or not for this API.</summary>
    /// <exception cref="ApiException">The identity provider's keys cannot be fetched.</exception>
    public async ValueTask<ApiCaller?> AuthenticateAsync(string token, CancellationToken ct)
    {
        if (token.Count(letter => letter == '.') != 2 || !Handler.CanReadToken(token))
        {
            return null;
        }

        TokenValidationResult checkedToken;
        try
        {
            var read = Handler.ReadJsonWebToken(token);
            checkedToken = await Handler.ValidateTokenAsync(token, Parameters(await _keys.FindAsync(read.Kid is { Length: > 0 } kid ? kid : null, ct)));
        }
        catch (ArgumentException)
        {
            // Three parts, but no token.
            return null;
        }
        catch (HttpRequestException e)
        {
            throw new ApiException(ApiProblem.ConfigurationUnavailable, e.Message) { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        return checkedToken.IsValid ? Caller((JsonWebToken)checkedToken.SecurityToken) : null;
    }

    private TokenValidationParameters Parameters(IList<SecurityKey> keys) => new()
    {
        IssuerSigningKeys = keys,
        // An address and its root without the slash are the same issuer to people, but not to vendors.
        ValidIssuers = [options.Issuer.OriginalString, options.Issuer.AbsoluteUri],
        ValidAudience = options.Audience,
        // Keys that all may read sign nothing: only those of pairs.
        ValidAlgorithms =
        [
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
            SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        ],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is { } end && time.GetUtcNow() < end + Leeway && (notBefore is not { } begin || time.GetUtcNow() >= begin - Leeway),
    };

    private ApiCaller? Caller(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<string>(options.OrganizationClaim, out var organization) || string.IsNullOrEmpty(organization))
        {
            return null;
        }

        var scopes = token.Claims.Where(claim => claim.Type == "scope")
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(ApiKeyScopes.All.Contains)
            .ToHashSet(StringComparer.Ordinal);
        return new ApiCaller($"token:{token.Subject}", organization, scopes);
    }
}

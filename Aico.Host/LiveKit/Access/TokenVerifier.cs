using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.LiveKit.Access;

/// <summary>Checks tokens that were signed with this host's key pair. Safe from any thread.</summary>
internal sealed class TokenVerifier
{
    /// <summary>How far the clocks of two machines may be apart; the server's own figure.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new();
    private readonly TokenValidationParameters _parameters;

    public TokenVerifier(LiveKitSettings settings, TimeProvider time) => _parameters = new TokenValidationParameters
    {
        IssuerSigningKey = new SymmetricSecurityKey(settings.SigningKey()),
        ValidIssuer = settings.Key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ValidateAudience = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        // The library's own check asks the system's clock.
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is { } end && time.GetUtcNow() < end + Leeway && (notBefore is not { } begin || time.GetUtcNow() >= begin - Leeway),
    };

    public async Task<TokenCheck> VerifyAsync(string token)
    {
        var result = await Handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid)
        {
            return new TokenCheck(null, Reason(result.Exception));
        }

        try
        {
            var payload = Base64UrlEncoder.DecodeBytes(((JsonWebToken)result.SecurityToken).EncodedPayload);
            return new TokenCheck(JsonSerializer.Deserialize(payload, AccessJson.Default.TokenClaims), null);
        }
        catch (JsonException)
        {
            return new TokenCheck(null, "its claims are not those of LiveKit");
        }
    }

    // The library's messages quote the token.
    private static string Reason(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException => "it has expired or is not valid yet",
        SecurityTokenInvalidIssuerException => "it was issued for another API key",
        SecurityTokenInvalidAlgorithmException => "it is not signed with HS256",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException => "its signature is wrong",
        _ => "it is no signed token",
    };
}

using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.LiveKit.Access;

/// <summary>Makes access tokens (JWT, HS256) for one server. Safe from any thread.</summary>
internal sealed class TokenIssuer
{
    /// <summary>What LiveKit's own libraries give a participant.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(6);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly string _key;
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _time;

    public TokenIssuer(LiveKitSettings settings, TimeProvider time)
    {
        _key = settings.Key;
        _credentials = new SigningCredentials(new SymmetricSecurityKey(settings.SigningKey()), SecurityAlgorithms.HmacSha256);
        _time = time;
    }

    /// <summary>Signs the claims; issuer and times are set here. The result is a secret.</summary>
    /// <exception cref="ArgumentException">The claims contradict themselves, or the lifetime is not positive.</exception>
    public string Issue(TokenClaims claims, TimeSpan? lifetime = null)
    {
        var span = lifetime ?? DefaultLifetime;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromSeconds(1), nameof(lifetime));
        if (claims.Video is { RoomJoin: true } join && (string.IsNullOrWhiteSpace(claims.Identity) || string.IsNullOrWhiteSpace(join.Room)))
        {
            throw new ArgumentException("A token that joins a room names the room and the identity.", nameof(claims));
        }

        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var payload = claims with { Issuer = _key, NotBefore = now, Expires = now + (long)span.TotalSeconds };
        return Handler.CreateToken(JsonSerializer.Serialize(payload, AccessJson.Default.TokenClaims), _credentials);
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Aico.Host.LiveKit.Api;

namespace Aico.Host.LiveKit.Access;

/// <summary>
/// Takes a webhook only where the token in its Authorization header was signed with our key pair over exactly these bytes.
/// Safe from any thread.
/// </summary>
internal sealed class WebhookVerifier(TokenVerifier tokens)
{
    private const string Bearer = "Bearer ";

    /// <param name="body">As it came over the wire: parsing and writing again would change it.</param>
    /// <param name="authorization">The header; LiveKit sends the bare token, proxies may add "Bearer".</param>
    public async Task<WebhookCheck> VerifyAsync(ReadOnlyMemory<byte> body, string? authorization)
    {
        if (string.IsNullOrWhiteSpace(authorization))
        {
            return WebhookCheck.Refuse("it has no Authorization header");
        }

        var token = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..] : authorization;
        var check = await tokens.VerifyAsync(token.Trim());
        if (check.Claims is not { } claims)
        {
            return WebhookCheck.Refuse($"its token is refused: {check.Refusal}");
        }

        var promised = new byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(claims.Sha256 ?? "", promised, out var length)
            || length != promised.Length
            || !CryptographicOperations.FixedTimeEquals(promised, SHA256.HashData(body.Span)))
        {
            return WebhookCheck.Refuse("its body is not the one that was signed");
        }

        try
        {
            var webhook = JsonSerializer.Deserialize(ProtoJson.WithCamelCaseNames(body.Span), ApiJson.Default.WebhookEvent);
            return webhook is null ? WebhookCheck.Refuse("its body is no event") : new WebhookCheck(webhook, null);
        }
        catch (JsonException)
        {
            return WebhookCheck.Refuse("its body is no event");
        }
    }
}

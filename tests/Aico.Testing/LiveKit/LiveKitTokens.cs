using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Aico.Testing.LiveKit;

/// <summary>Access tokens, made without the host's own maker so that neither checks itself.</summary>
internal sealed record LiveKitTokens(string Key, string Secret)
{
    /// <summary>A token with the right to join.</summary>
    /// <param name="room">The room.</param>
    /// <param name="identity">Who joins.</param>
    /// <param name="kind">"standard", "agent" or "sip".</param>
    /// <param name="now">The time on the server's clock.</param>
    /// <param name="attributes">Of the participant.</param>
    public string Join(string room, string identity, DateTimeOffset now, string kind = "standard", IReadOnlyDictionary<string, string>? attributes = null) => Sign(new Dictionary<string, object>
    {
        ["iss"] = Key,
        ["sub"] = identity,
        ["name"] = identity,
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["kind"] = kind,
        ["attributes"] = attributes ?? new Dictionary<string, string>(),
        ["video"] = new Dictionary<string, object>
        {
            ["room"] = room,
            ["roomJoin"] = true,
            ["canPublish"] = true,
            ["canSubscribe"] = true,
            ["canPublishData"] = true,
            ["canUpdateOwnMetadata"] = true,
            ["agent"] = kind == "agent",
        },
    });

    /// <summary>A token with the rights to manage rooms.</summary>
    public string Admin(string room, DateTimeOffset now) => Sign(new Dictionary<string, object>
    {
        ["iss"] = Key,
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["video"] = new Dictionary<string, object> { ["room"] = room, ["roomCreate"] = true, ["roomList"] = true, ["roomAdmin"] = true },
    });

    /// <summary>What a server sends with a webhook: signs the hash of its body.</summary>
    public string Webhook(string sha256, DateTimeOffset now) => Sign(new Dictionary<string, object>
    {
        ["iss"] = Key,
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["sha256"] = sha256,
    });

    private string Sign(Dictionary<string, object> claims)
    {
        var text = $"{Part(new { alg = "HS256", typ = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}

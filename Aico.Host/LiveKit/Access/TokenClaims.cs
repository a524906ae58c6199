using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Access;

/// <summary>What an access token says, in the names of its JSON form.</summary>
internal sealed record TokenClaims
{
    /// <summary>The API key that signed; set by the issuer.</summary>
    [JsonPropertyName("iss")]
    public string? Issuer { get; init; }

    /// <summary>The identity of the participant; null where the token joins no room.</summary>
    [JsonPropertyName("sub")]
    public string? Identity { get; init; }

    /// <summary>Unix seconds; set by the issuer.</summary>
    [JsonPropertyName("nbf")]
    public long? NotBefore { get; init; }

    /// <summary>Unix seconds; set by the issuer.</summary>
    [JsonPropertyName("exp")]
    public long? Expires { get; init; }

    public string? Name { get; init; }

    /// <summary>"standard", "agent", "sip", …; null is standard.</summary>
    public string? Kind { get; init; }

    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public VideoGrant? Video { get; init; }

    public SipGrant? Sip { get; init; }

    /// <summary>How the room is made, where joining with this token makes it.</summary>
    public RoomConfiguration? RoomConfig { get; init; }

    /// <summary>Of the body of a webhook, in base64.</summary>
    public string? Sha256 { get; init; }
}

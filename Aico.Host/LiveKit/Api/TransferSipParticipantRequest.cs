using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>A caller to pass on.</summary>
internal sealed record TransferSipParticipantRequest
{
    public required string RoomName { get; init; }

    public required string ParticipantIdentity { get; init; }

    /// <summary>"tel:+491234" or "sip:user@host".</summary>
    public required string TransferTo { get; init; }

    /// <summary>The caller hears it ring.</summary>
    public bool? PlayDialtone { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonConverter(typeof(ProtoDurationConverter))]
    public TimeSpan? RingingTimeout { get; init; }
}

using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>A telephone call to make.</summary>
internal sealed record CreateSipParticipantRequest
{
    public required string SipTrunkId { get; init; }

    /// <summary>The number to call.</summary>
    public required string SipCallTo { get; init; }

    /// <summary>The number to call from; null: the trunk's.</summary>
    public string? SipNumber { get; init; }

    public required string RoomName { get; init; }

    public string? ParticipantIdentity { get; init; }

    public string? ParticipantName { get; init; }

    public string? ParticipantMetadata { get; init; }

    public IReadOnlyDictionary<string, string>? ParticipantAttributes { get; init; }

    /// <summary>Keys pressed once it is answered; "w" waits half a second.</summary>
    public string? Dtmf { get; init; }

    /// <summary>The room hears it ring.</summary>
    public bool? PlayDialtone { get; init; }

    public bool? HidePhoneNumber { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [JsonConverter(typeof(ProtoDurationConverter))]
    public TimeSpan? RingingTimeout { get; init; }

    [JsonConverter(typeof(ProtoDurationConverter))]
    public TimeSpan? MaxCallDuration { get; init; }

    public bool? KrispEnabled { get; init; }

    /// <summary>The request returns when somebody has answered, and fails where nobody does.</summary>
    public bool? WaitUntilAnswered { get; init; }

    public string? DisplayName { get; init; }
}

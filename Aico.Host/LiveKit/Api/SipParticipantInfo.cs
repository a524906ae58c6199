namespace Aico.Host.LiveKit.Api;

/// <summary>A telephone call that was made.</summary>
internal sealed record SipParticipantInfo
{
    public string ParticipantId { get; init; } = "";

    public string ParticipantIdentity { get; init; } = "";

    public string RoomName { get; init; } = "";

    public string SipCallId { get; init; } = "";
}

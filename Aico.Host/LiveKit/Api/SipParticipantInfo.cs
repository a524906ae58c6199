namespace Aico.Host.LiveKit.Api;

/// <summary>A telephone call that was made.</summary>
internal sealed record SipParticipantInfo
{
    public string ParticipantId { get; set; } = "";

    public string ParticipantIdentity { get; set; } = "";

    public string RoomName { get; set; } = "";

    public string SipCallId { get; set; } = "";
}

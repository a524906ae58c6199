namespace Aico.Host.LiveKit.Api;

internal sealed record ListParticipantsResponse
{
    public IReadOnlyList<ParticipantInfo> Participants { get; set; } = [];
}

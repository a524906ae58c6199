namespace Aico.Host.LiveKit.Worker;

/// <summary>Reads jobs from the server's messages.</summary>
internal static class RoomJobs
{
    public static RoomJob From(Protocol.Job job) => new()
    {
        Id = job.Id,
        Kind = (JobKind)(int)job.Type,
        Metadata = job.Metadata,
        AgentName = job.AgentName,
        DispatchId = job.DispatchId,
        RoomName = job.Room?.Name ?? "",
        RoomSid = job.Room?.Sid ?? "",
        RoomMetadata = job.Room?.Metadata ?? "",
        ParticipantIdentity = job.Participant?.Identity,
        ParticipantAttributes = new Dictionary<string, string>(job.Participant?.Attributes ?? []),
        Attributes = new Dictionary<string, string>(job.Attributes),
        IsRecordingWanted = job.EnableRecording,
    };
}

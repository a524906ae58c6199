namespace Aico.Host.LiveKit.Worker;

/// <summary>What a job is for; numbers of LiveKit's JobType.</summary>
internal enum JobKind
{
    Room = 0,
    Publisher = 1,
    Participant = 2,
}

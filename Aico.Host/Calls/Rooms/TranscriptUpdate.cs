namespace Aico.Host.Calls.Rooms;

/// <summary>The words of one segment of the transcript as they are now, all of them.</summary>
/// <param name="SegmentId">"SG_…"; a later update of the same segment replaces the words.</param>
/// <param name="Identity">Whose words they are.</param>
/// <param name="IsAgent">True where they are ours.</param>
/// <param name="TrackSid">The track that they were spoken on; null where there is none.</param>
/// <param name="Text">All words so far.</param>
/// <param name="IsFinal">They will not change any more.</param>
internal sealed record TranscriptUpdate(string SegmentId, string Identity, bool IsAgent, string? TrackSid, string Text, bool IsFinal);

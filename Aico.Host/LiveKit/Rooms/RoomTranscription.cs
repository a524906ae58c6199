namespace Aico.Host.LiveKit.Rooms;

/// <summary>A transcription packet of the older kind, which frontends tie to a track.</summary>
internal sealed record RoomTranscription(string Identity, string TrackSid, string SegmentId, string Text, bool IsFinal, string Language);

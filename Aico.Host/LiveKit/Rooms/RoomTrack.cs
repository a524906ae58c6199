namespace Aico.Host.LiveKit.Rooms;

/// <summary>A track that somebody else publishes, as it is now.</summary>
/// <param name="Sid">"TR_…", unique in the server.</param>
/// <param name="Name">The publisher's name for it.</param>
/// <param name="Kind">Audio or video.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="IsMuted">True while its publisher has muted it.</param>
/// <param name="IsPreConnect">True where its publisher has recorded audio before the connection and sends it as a byte stream.</param>
internal sealed record RoomTrack(string Sid, string Name, TrackKind Kind, TrackSource Source, bool IsMuted, bool IsPreConnect = false);

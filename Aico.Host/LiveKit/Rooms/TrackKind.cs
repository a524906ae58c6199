namespace Aico.Host.LiveKit.Rooms;

/// <summary>Numbers of LiveKit's track kinds in the native library.</summary>
internal enum TrackKind
{
    Unknown = 0,
    Audio = 1,
    Video = 2,
}

namespace Aico.Host.LiveKit.Rooms;

/// <summary>Where a track comes from; numbers of LiveKit's TrackSource.</summary>
internal enum TrackSource
{
    Unknown = 0,
    Camera = 1,
    Microphone = 2,
    ScreenShare = 3,
    ScreenShareAudio = 4,
}

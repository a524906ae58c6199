namespace Aico.Host.LiveKit.Rooms;

/// <summary>What kind of failure a <see cref="RoomException"/> is.</summary>
internal enum RoomFailure
{
    /// <summary>The native library is missing, of the wrong platform or version, or broke.</summary>
    Library,

    /// <summary>The server refuses the token.</summary>
    Unauthorized,

    /// <summary>The server cannot be reached.</summary>
    Unavailable,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>The room was left or lost before the request was answered.</summary>
    Disconnected,

    /// <summary>The request was refused.</summary>
    Rejected,
}

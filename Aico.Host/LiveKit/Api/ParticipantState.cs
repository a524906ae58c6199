namespace Aico.Host.LiveKit.Api;

/// <summary>How far a participant has come; numbers of LiveKit's ParticipantInfo.State.</summary>
internal enum ParticipantState
{
    /// <summary>The socket is open, nothing else yet.</summary>
    Joining = 0,
    Joined = 1,

    /// <summary>Media can flow.</summary>
    Active = 2,
    Disconnected = 3,
}

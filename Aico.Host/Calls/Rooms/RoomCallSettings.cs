using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>How an organization's agent behaves in rooms.</summary>
internal sealed record RoomCallSettings
{
    /// <summary>False: the caller types and the agent hears nothing.</summary>
    public bool HearsAudio { get; init; } = true;

    /// <summary>False: the agent only writes.</summary>
    public bool SpeaksAudio { get; init; } = true;

    /// <summary>False: typed text of the caller is not taken.</summary>
    public bool TakesText { get; init; } = true;

    /// <summary>Transcripts of both sides are sent into the room.</summary>
    public bool SendsTranscripts { get; init; } = true;

    public RoomAudioProcessing Processing { get; init; } = new();

    /// <summary>The room is deleted when the call ends, so that telephone callers are hung up.</summary>
    public bool DeletesRoom { get; init; }

    /// <summary>Passed on in the agent's attribute <c>aico.recording</c>.</summary>
    public bool IsRecordingWanted { get; init; }

    /// <summary>How long the agent waits for its caller, and for one who lost the connection to come back.</summary>
    public TimeSpan CallerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the agent may transfer telephone callers to: numbers like +15550100, tel: or sip: addresses; null: anywhere.</summary>
    public IReadOnlyList<string>? TransferTargets { get; init; }

    /// <summary>Calls at one time; null: as many as the host takes.</summary>
    public int? MaximumCalls { get; init; }

    /// <summary>
    /// The caller's frontend is told the agent's instructions, its tools with arguments and results, and error texts. For a developer's
    /// playground; strangers have no business with them.
    /// </summary>
    public bool ShowsInternals { get; init; }
}

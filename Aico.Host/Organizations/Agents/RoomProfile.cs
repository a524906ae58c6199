using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Host.Organizations.Agents;

internal sealed record RoomProfile
{
    [Description("False: callers write; their voices are not heard.")]
    public bool? HearsAudio { get; init; }

    [Description("False: the agent only writes.")]
    public bool? SpeaksAudio { get; init; }

    [Description("False: typed text of the caller is not taken.")]
    public bool? TakesText { get; init; }

    [Description("False: no transcripts are sent into the room.")]
    public bool? SendsTranscripts { get; init; }

    [Description("True: the room is deleted when the call ends, which hangs up on everybody in it.")]
    public bool? DeletesRoom { get; init; }

    [Description("Passed on in the agent's attribute aico.recording.")]
    public bool? IsRecordingWanted { get; init; }

    [Description("True: noise in what callers say is suppressed.")]
    public bool? NoiseSuppression { get; init; }

    [Description("True: the agent's own voice is taken out of what it hears, for callers without echo cancellation.")]
    public bool? EchoCancellation { get; init; }

    [Description("Where telephone callers may be transferred to: numbers like +15550100, tel: or sip: addresses; left out: anywhere.")]
    public IReadOnlyList<string>? TransferTargets { get; init; }

    [Description("Calls of the organization at one time on a host; left out: as many as the host takes.")]
    [Range(1, 100_000)]
    public int? MaximumCalls { get; init; }
}

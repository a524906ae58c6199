using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Moonshine;

/// <summary>How much of the machine local transcription may take.</summary>
internal sealed record MoonshineSettings
{
    [Description("Utterances that are transcribed at once, each on one thread; 0 takes as many as the machine has processors.")]
    [Range(0, 256)]
    public int Workers { get; init; }

    [Description("Utterances of one organization that may wait for a worker; the next is refused. Each worker reads about 30 seconds of speech in one second.")]
    [Range(1, 10_000)]
    public int MaxQueuedPerOrganization { get; init; } = 64;
}

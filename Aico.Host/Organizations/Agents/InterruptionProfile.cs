using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Host.Organizations.Agents;

internal sealed record InterruptionProfile
{
    [Description("False: the agent finishes, and what the caller said meanwhile is answered afterwards.")]
    public bool? Enabled { get; init; }

    [Description("Speech shorter than this never stops the agent.")]
    [DurationRange("0ms", "10s")]
    public TimeSpan? MinimumDuration { get; init; }

    [Description("Words that must have been understood before the agent stops; 0: voice alone stops it.")]
    [Range(0, 20)]
    public int? MinimumWords { get; init; }

    [Description("After a pause without words the speech resumes where it stopped; 0ms: never.")]
    [DurationRange("0ms", "30s")]
    public TimeSpan? FalseInterruptionTimeout { get; init; }

    [Description("Sounds of agreement that do not interrupt, in lower case, in place of the built-in list.")]
    public IReadOnlyList<string>? Backchannels { get; init; }
}

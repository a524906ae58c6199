using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Host.Organizations.Agents;

internal sealed record SilenceProfile
{
    [Description("Silence of both sides after which the caller is asked; 0ms: never.")]
    [DurationRange("0ms", "1h")]
    public TimeSpan? AwayAfter { get; init; }

    [StringLength(2_000)]
    public string? Question { get; init; }

    [Description("Further silence after the question before the goodbye.")]
    [DurationRange("0ms", "1h")]
    public TimeSpan? GoodbyeAfter { get; init; }

    [StringLength(2_000)]
    public string? Goodbye { get; init; }
}

using System.ComponentModel;

namespace Aico.Host.Organizations.Agents;

internal sealed record EndpointingProfile
{
    [Description("Silence that ends a turn whose words are plainly complete.")]
    [DurationRange("0ms", "10s")]
    public TimeSpan? MinimumDelay { get; init; }

    [Description("Silence that ends a turn whose words are plainly not complete.")]
    [DurationRange("0ms", "30s")]
    public TimeSpan? MaximumDelay { get; init; }
}

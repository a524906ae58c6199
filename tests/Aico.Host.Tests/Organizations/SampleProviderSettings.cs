using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Tests.Organizations;

internal sealed record SampleProviderSettings
{
    public string Model { get; init; } = "standard";

    public Uri BaseUrl { get; init; } = new("https://vendor.example");

    [System.ComponentModel.DataAnnotations.Range(0, 2)]
    public double Speed { get; init; } = 1;

    [Required]
    public Secret? ApiKey { get; init; }
}

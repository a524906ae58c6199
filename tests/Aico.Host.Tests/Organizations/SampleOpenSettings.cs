namespace Aico.Host.Tests.Organizations;

internal sealed record SampleOpenSettings
{
    public string Model { get; init; } = "standard";
}

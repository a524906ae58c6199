using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Aico.Host.Tests.Providers;

public sealed record SampleNested
{
    [Range(0, 9)]
    public int Depth { get; init; } = 1;

    public string Name { get; init; } = "nested";
}

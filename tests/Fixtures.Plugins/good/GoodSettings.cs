using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fixtures.Good;

/// <summary>The settings of every provider of this plugin.</summary>
public sealed record GoodSettings
{
    [Description("What is answered.")]
    public string Text { get; init; } = "good 1";

    [Range(0.5, 2.0)]
    public double Speed { get; init; } = 1;

    public Secret? ApiKey { get; init; }
}

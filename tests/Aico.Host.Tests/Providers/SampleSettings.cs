using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Aico.Host.Tests.Providers;

/// <summary>Settings with one property of each sort that a provider may have.</summary>
public sealed record SampleSettings
{
    [Description("The model.")]
    [Required]
    public string? Model { get; init; }

    [Range(0.5, 2.0)]
    public double Speed { get; init; } = 1;

    [Range(1, int.MaxValue)]
    public int Threads { get; init; } = 2;

    public bool Fast { get; init; }

    public SamplePace Pace { get; init; } = SamplePace.VeryFast;

    [Description("How long to wait.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public Uri? BaseUrl { get; init; }

    [RegularExpression("[a-z]{2}")]
    public string Language { get; init; } = "en";

    [MaxLength(2)]
    public IReadOnlyList<string> Words { get; init; } = [];

    public IReadOnlyList<string> MoreWords { get; init; } = ["one"];

    public SampleNested Nested { get; init; } = new() { Depth = 3 };

    public int? Limit { get; init; } = 5;

    [Description("The key.")]
    [Required]
    public Secret? ApiKey { get; init; }

    public Secret? Token { get; init; }

    /// <summary>Nobody can set it, so it is no setting.</summary>
    public int Computed => Threads * 2;
}

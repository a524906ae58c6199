namespace Aico.Plugins.Cartesia;

/// <summary>Models as they were in November 2026.</summary>
internal static class CartesiaModels
{
    /// <summary>The one that replaces those that are gone.</summary>
    public const string Current = "sonic-3.5";

    private static readonly DateOnly Sunset = new(2026, 6, 1);

    public static IReadOnlyDictionary<string, DateOnly> Ending { get; } = new Dictionary<string, DateOnly>
    {
        ["sonic-2"] = Sunset,
        ["sonic-2-2025-03-07"] = Sunset,
        ["sonic-turbo"] = Sunset,
    };
}

namespace Aico.Plugins.OpenAI;

/// <summary>OpenAI's voices and the models that speak with them, as it was in November 2026; no endpoint lists the voices.</summary>
internal static class OpenAIVoices
{
    private static readonly DateOnly End = new(2027, 1, 6);

    public static IReadOnlyList<string> Names { get; } =
        ["alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin", "cedar"];

    /// <summary>All that OpenAI has for this endpoint: its successor speaks over another one.</summary>
    public static IReadOnlyDictionary<string, DateOnly> EndingModels { get; } = new Dictionary<string, DateOnly>
    {
        ["tts-1"] = End,
        ["tts-1-hd"] = End,
        ["gpt-4o-mini-tts"] = End,
    };

    /// <summary>The first models refuse to be told how to speak.</summary>
    public static bool TakesInstructions(string model) => !model.StartsWith("tts-1", StringComparison.Ordinal);
}

using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Gemini;

/// <summary>How little Google's models can think, as it was in November 2026.</summary>
internal static class GeminiModels
{
    private static readonly ChatModelRules WithoutMinimal = new() { DefaultEffort = "low", Efforts = ["low", "medium", "high"] };

    /// <summary>Efforts here are thinking levels. Models that are not known get none, and think as they like.</summary>
    public static ChatModelRules RulesOf(string model) =>
        model.StartsWith("gemini-3.8-flash", StringComparison.Ordinal) ? WithoutMinimal
        // Minimal is the lite model's own default, and its lowest.
        : ChatModelRules.None;
}

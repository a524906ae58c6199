using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Groq;

/// <summary>What the models at Groq take, as it was in November 2026.</summary>
internal static class GroqModels
{
    private static readonly DateOnly Removed = new(2026, 8, 16);

    // gpt-oss cannot do without thoughts, but they need not be sent: they would only delay the first word.
    private static readonly ChatModelRules GptOss = new() { DefaultEffort = "low", Efforts = ["low", "medium", "high"], LeavesOutReasoning = true };

    private static readonly ChatModelRules Qwen = new() { DefaultEffort = "none", Efforts = ["none", "default"], ReasoningFormat = "hidden" };

    public static IReadOnlyDictionary<string, DateOnly> Ending { get; } = new Dictionary<string, DateOnly>
    {
        ["llama-3.3-70b-versatile"] = Removed,
        ["llama-3.1-8b-instant"] = Removed,
    };

    public static ChatModelRules RulesOf(string model) =>
        model.StartsWith("openai/gpt-oss", StringComparison.Ordinal) ? GptOss
        : model.StartsWith("qwen/", StringComparison.Ordinal) ? Qwen
        : ChatModelRules.None;
}

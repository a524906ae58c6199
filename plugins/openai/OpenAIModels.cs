using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAI;

/// <summary>What OpenAI's models take in chat completions, as it was in November 2026.</summary>
internal static class OpenAIModels
{
    /// <summary>With tools, these families refuse to reason in chat completions; sampling options want no reasoning either.</summary>
    private static readonly string[] Families = ["gpt-5.6", "gpt-6"];

    /// <summary>Those of the families that always reason.</summary>
    private static readonly string[] AlwaysReason = ["gpt-6-astra", "gpt-6.1-sol"];

    /// <summary>Those known to take "none"; of other members of the families it is not known.</summary>
    private static readonly string[] KnowNone = ["gpt-6-sol", "gpt-6-luna", "gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna"];

    private static readonly ChatModelRules Reasoning = new()
    {
        Efforts = ["minimal", "low", "medium", "high", "xhigh"],
        SamplingNeedsNoReasoning = true,
        ToolsNeedNoReasoning = true,
    };

    private static readonly ChatModelRules Quick = new()
    {
        DefaultEffort = "none",
        Efforts = ["none", "minimal", "low", "medium", "high", "xhigh"],
        SamplingNeedsNoReasoning = true,
        ToolsNeedNoReasoning = true,
    };

    // Asked for "none" in the hope that it knows it: a clear refusal beats one at the first tool.
    private static readonly ChatModelRules Likely = new() { DefaultEffort = "none", SamplingNeedsNoReasoning = true };

    private static readonly DateOnly January = new(2027, 1, 14);
    private static readonly DateOnly December = new(2026, 12, 11);

    public static IReadOnlyDictionary<string, DateOnly> Ending { get; } = new Dictionary<string, DateOnly>
    {
        ["gpt-5"] = December,
        ["gpt-5-mini"] = December,
        ["gpt-5-nano"] = December,
        ["o3"] = December,
        ["gpt-4o"] = January,
        ["gpt-4o-mini"] = January,
        ["gpt-4.1"] = January,
        ["gpt-4.1-mini"] = January,
    };

    public static ChatModelRules RulesOf(string model) =>
        AlwaysReason.Any(name => Is(model, name)) ? Reasoning
        : KnowNone.Any(name => Is(model, name)) ? Quick
        : Families.Any(family => model.StartsWith(family, StringComparison.Ordinal)) ? Likely
        : ChatModelRules.None;

    /// <summary>A model by its name, or a dated snapshot of it.</summary>
    private static bool Is(string model, string name) =>
        model.StartsWith(name, StringComparison.Ordinal) && (model.Length == name.Length || (model[name.Length] == '-' && model[name.Length..].Any(char.IsAsciiDigit)));
}

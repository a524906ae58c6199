namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>What a model takes and refuses. A rule that is not known leaves the decision to the server.</summary>
internal sealed record ChatModelRules
{
    public static readonly ChatModelRules None = new();

    /// <summary>The reasoning effort that is sent where the settings give none: a caller waits while a model thinks. Empty sends none.</summary>
    public string DefaultEffort { get; init; } = "";

    /// <summary>The efforts that the model knows; empty where that is not known.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = [];

    /// <summary>True where temperature and the like are refused unless the effort is none.</summary>
    public bool SamplingNeedsNoReasoning { get; init; }

    /// <summary>True where tools are refused unless the effort is none.</summary>
    public bool ToolsNeedNoReasoning { get; init; }

    /// <summary>True where the request says include_reasoning: false, so that no thought comes at all.</summary>
    public bool LeavesOutReasoning { get; init; }

    /// <summary>How thoughts are asked to come (reasoning_format); empty sends nothing.</summary>
    public string ReasoningFormat { get; init; } = "";
}

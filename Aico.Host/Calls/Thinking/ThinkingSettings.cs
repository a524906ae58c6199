namespace Aico.Host.Calls.Thinking;

/// <summary>How answers are made.</summary>
internal sealed record ThinkingSettings
{
    /// <summary>Rounds of tool calls in one answer before the model must speak.</summary>
    public int MaximumToolSteps { get; init; } = 3;

    /// <summary>A tool that takes longer gets <see cref="Filler"/> spoken meanwhile; zero or less never.</summary>
    public TimeSpan FillerAfter { get; init; } = TimeSpan.FromMilliseconds(1500);

    public string Filler { get; init; } = "One moment, please.";

    /// <summary>A tool that takes longer than this has failed.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time that the language model has for its first token.</summary>
    public TimeSpan FirstTokenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time that the language model may pause between two tokens.</summary>
    public TimeSpan NextTokenTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

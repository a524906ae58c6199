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

    /// <summary>
    /// Where another language model could be asked: time for the first token, and for each that follows, before it is. Shorter than
    /// what a caller takes for a broken line, longer than a good model ever needs.
    /// </summary>
    public TimeSpan TokenBudget { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// True: where a language model takes longer for its first token than 95 of 100 of its latest answers took, the next of the chain is
    /// asked beside it, and whichever begins first answers. Costs a request more in some twenty.
    /// </summary>
    public bool Hedges { get; init; }

    /// <summary>Said where a provider's filter refused the question or the answer: another provider is not asked to say it all the same.</summary>
    public string FilteredAnswer { get; init; } = "I'm sorry, I can't talk about that. Is there anything else I can do for you?";

    /// <summary>Time that the language model may pause between two tokens.</summary>
    public TimeSpan NextTokenTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

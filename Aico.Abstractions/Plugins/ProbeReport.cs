namespace Aico.Abstractions.Plugins;

/// <summary>What a probe found out about a provider that answers.</summary>
/// <param name="Summary">A sentence for people that says what was proved, such as "The key is accepted and the model is there."</param>
public sealed record ProbeReport(string Summary)
{
    /// <summary>Sentences about what will not work, or not for long, such as a configured model that the service does not list.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

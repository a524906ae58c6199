namespace Aico.Abstractions.Plugins;

/// <summary>A model as its service lists it.</summary>
/// <param name="Id">What the provider's model setting takes.</param>
public sealed record ModelInfo(string Id)
{
    /// <summary>The name that people read; null where it has none beside the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Tokens that a conversation may have; null where the service does not say.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>BCP 47 tags of the languages that it hears or speaks; empty where the service does not say.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The day from which it is no longer served; null where none is announced.</summary>
    public DateOnly? EndsOn { get; init; }
}

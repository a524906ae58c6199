namespace Aico.Abstractions.Plugins;

/// <summary>What a language model can do.</summary>
public sealed record LanguageModelCapabilities
{
    /// <summary>True where it calls tools.</summary>
    public bool Tools { get; init; }

    /// <summary>True where it reports the tokens that were used.</summary>
    public bool Usage { get; init; }

    /// <summary>Tokens that a conversation may have; null where it depends on the model.</summary>
    public int? ContextWindow { get; init; }
}

namespace Aico.Abstractions.Plugins;

/// <summary>Facts for choosing a provider; each null where it is not known.</summary>
public sealed record ProviderMetadata
{
    /// <summary>The vendor's documentation.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>The vendor's price list.</summary>
    public Uri? Pricing { get; init; }

    /// <summary>Quality in a word or two, such as "high".</summary>
    public string? Quality { get; init; }

    /// <summary>Typical time to the first result.</summary>
    public TimeSpan? TypicalLatency { get; init; }

    /// <summary>Cost class in a word or two, such as "free" or "pay per use".</summary>
    public string? CostClass { get; init; }

    /// <summary>What is counted for the bill, such as "audio second", "character" or "token".</summary>
    public string? CostUnit { get; init; }
}

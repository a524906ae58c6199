namespace Aico.Abstractions.Plugins;

/// <summary>What is known of a provider before it is created.</summary>
/// <param name="Key">The permanent name, kebab-case and unique on a host, such as "openai-tts".</param>
/// <param name="DisplayName">The name that people read.</param>
/// <param name="Description">One or two sentences.</param>
public sealed record ProviderDescriptor(string Key, string DisplayName, string Description)
{
    /// <summary>Where the provider's work is done.</summary>
    public ProviderHosting Hosting { get; init; }

    /// <summary>Facts for choosing: quality, latency, cost, links.</summary>
    public ProviderMetadata Metadata { get; init; } = new();

    /// <summary>What must be on the machine before the provider can work.</summary>
    public IReadOnlyList<ProviderRequirement> Requirements { get; init; } = [];

    /// <summary>Models that the vendor will stop serving, each with the day from which it is gone, so that the host can warn beforehand.</summary>
    public IReadOnlyDictionary<string, DateOnly> EndingModels { get; init; } = new Dictionary<string, DateOnly>();
}

using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers.Fallback;

/// <summary>The providers of one kind in fallback order; at least one. Shared by calls; each has its own <see cref="ChainUse{T}"/>.</summary>
internal sealed class ProviderChain<T>
    where T : class
{
    /// <param name="entries">In order.</param>
    /// <param name="health">Null: nothing is remembered from one piece of work to the next, which suits a process with one call.</param>
    public ProviderChain(IReadOnlyList<ChainEntry<T>> entries, ProviderHealth? health)
    {
        ArgumentOutOfRangeException.ThrowIfZero(entries.Count);
        (Entries, Health) = (entries, health);
    }

    public IReadOnlyList<ChainEntry<T>> Entries { get; }

    public ProviderHealth? Health { get; }

    public ChainEntry<T> Primary => Entries[0];

    /// <summary>A chain of one.</summary>
    public static ProviderChain<T> Of(string key, T provider) => new(
        [new ChainEntry<T>(key, provider, 0, new HealthSubject { Provider = key, Kind = ProviderKind.LanguageModel, Endpoint = key, Credential = "" })], null);

    /// <summary>The same chain with each provider wrapped.</summary>
    public ProviderChain<T> Select(Func<T, T> wrap) => new([.. Entries.Select(entry => entry with { Provider = wrap(entry.Provider) })], Health);
}

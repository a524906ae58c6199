namespace Aico.Host.Providers.Fallback;

/// <summary>A provider of a chain.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Provider">It.</param>
/// <param name="Position">0 is the primary.</param>
/// <param name="Subject">What its outages are outages of.</param>
internal sealed record ChainEntry<T>(string Key, T Provider, int Position, HealthSubject Subject)
    where T : class;

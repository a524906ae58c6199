namespace Aico.Host.Storage;

/// <param name="Attempts">How many.</param>
/// <param name="Cost">US dollars, of those whose price is known.</param>
internal readonly record struct UsageShare(long Attempts, decimal Cost);

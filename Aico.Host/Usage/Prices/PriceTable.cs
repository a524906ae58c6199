using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Usage.Prices;

/// <summary>What providers cost, at any time. Immutable.</summary>
/// <param name="Prices">In any order.</param>
internal sealed record PriceTable(IReadOnlyList<Price> Prices)
{
    public static PriceTable Empty { get; } = new([]);

    /// <summary>
    /// The price of an attempt when it was made: a row that names the provider before one that names its hosting, then the one whose
    /// model says most, then the latest. Null where none is known.
    /// </summary>
    /// <param name="row">The attempt; its own cost is not looked at.</param>
    /// <param name="hosting">Where the provider's work is done; null where it is not known.</param>
    public Price? Find(UsageRow row, ProviderHosting? hosting) => Prices
        .Where(price => price.IsOf(row, hosting))
        .OrderByDescending(price => price.Provider is not null)
        .ThenByDescending(price => price.Model?.Count(character => character != '*') ?? -1)
        .ThenByDescending(price => price.ValidFrom)
        .FirstOrDefault();
}

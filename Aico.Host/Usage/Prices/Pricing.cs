using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Usage.Prices;

/// <summary>Estimates what attempts cost. Safe from any thread.</summary>
/// <param name="table">The prices.</param>
/// <param name="hostingOf">Where a provider's work is done, by its key; null where there is no such provider.</param>
internal sealed class Pricing(PriceTable table, Func<string, ProviderHosting?> hostingOf)
{
    private volatile PriceTable _table = table;

    /// <summary>Estimates from now on by another table.</summary>
    public void Use(PriceTable table) => _table = table;

    /// <summary>US dollars at the price of the attempt's moment; null where none is known.</summary>
    public decimal? CostOf(UsageRow row) => _table.Find(row, hostingOf(row.Provider))?.CostOf(row);
}

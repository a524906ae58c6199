using Aico.Host.Storage;

namespace Aico.Host.Usage;

/// <summary>Sums what this host's store has.</summary>
internal sealed class StoredSpending(IStore store) : ISpendingSource
{
    public async ValueTask<decimal> SpentAsync(string organizationId, DateTimeOffset month, CancellationToken ct)
    {
        try
        {
            return await store.SumUsageAsync(organizationId, month, month.AddMonths(1), UsageGrouping.None, ct) is [var sum] ? sum.Cost : 0;
        }
        catch (StoreUnavailableException e)
        {
            throw new SpendingUnknownException(e.Message, e);
        }
    }
}

using Aico.Host.Storage;

namespace Aico.Host.Usage;

/// <summary>Keeps usage in this host's store.</summary>
internal sealed class StoredUsage(IStore store) : IUsageSink
{
    public async ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct)
    {
        try
        {
            await store.AddUsageAsync(rows, ct);
        }
        catch (StoreUnavailableException e)
        {
            throw new UsageNotKeptException(e.Message, e);
        }
    }
}

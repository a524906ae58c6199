using Aico.Host.Organizations.Remote;
using Aico.Host.Storage;
using Aico.Host.Usage;

namespace Aico.Host.Api.Backend;

/// <summary>Sends usage to the backend, which keeps it: this host has no store. Each batch has an id, so that one sent twice counts once.</summary>
/// <param name="backend">Takes it; disposed with this.</param>
internal sealed class BackendUsage(BackendDelivery backend) : IUsageSink, IDisposable
{
    public async ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct)
    {
        var problems = new List<string>();
        var lost = 0;
        foreach (var batch in rows.GroupBy(row => row.OrganizationId, StringComparer.Ordinal))
        {
            var path = $"{BackendAddress.Organizations}/{Uri.EscapeDataString(batch.Key)}/{BackendAddress.Usage}/{Guid.NewGuid():N}";
            if (await backend.PutAsync(path, UsageWire.Write(batch), batch.Key, ct) is { } problem)
            {
                problems.Add(problem);
                lost += batch.Count();
            }
        }

        if (lost > 0)
        {
            throw new UsageNotKeptException(string.Join("; ", problems.Distinct())) { Rows = lost };
        }
    }

    public void Dispose() => backend.Dispose();
}

using Aico.Host.Storage;

namespace Aico.Host.Usage;

/// <summary>Where rows of usage go: this host's store, or the host that keeps the organizations.</summary>
internal interface IUsageSink
{
    /// <summary>Keeps the rows, all or none. Called by one task at a time.</summary>
    /// <exception cref="UsageNotKeptException">They are not kept, and not asked for again.</exception>
    ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct);
}

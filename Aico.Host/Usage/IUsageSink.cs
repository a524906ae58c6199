using Aico.Host.Storage;

namespace Aico.Host.Usage;

/// <summary>Where rows of usage go: this host's store, or the host that keeps the organizations.</summary>
internal interface IUsageSink
{
    /// <summary>Keeps the rows, those of an organization all or none. Called by one task at a time; may take as long as it needs.</summary>
    /// <param name="rows">Of any number of organizations.</param>
    /// <param name="ct">Cancelled where the host ends and can wait no longer: what is not kept by then never is.</param>
    /// <exception cref="UsageNotKeptException">They are not kept, and not asked for again.</exception>
    ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct);
}

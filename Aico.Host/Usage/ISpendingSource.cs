namespace Aico.Host.Usage;

/// <summary>Says what an organization has spent: this host's store, or the host that keeps the organizations.</summary>
internal interface ISpendingSource
{
    /// <returns>Estimated US dollars in the calendar month (UTC).</returns>
    /// <param name="organizationId">Whose.</param>
    /// <param name="month">Its first moment.</param>
    /// <param name="ct">Ends the asking.</param>
    /// <exception cref="SpendingUnknownException">Nobody can say at present.</exception>
    ValueTask<decimal> SpentAsync(string organizationId, DateTimeOffset month, CancellationToken ct);
}

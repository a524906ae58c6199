using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Calls.Agents;

/// <summary>Knows what organizations spend and what providers cost. Safe from any thread.</summary>
internal interface ISpending
{
    /// <summary>How an organization's budget stands; null where it has none, or the spending cannot be read: calls go on then.</summary>
    ValueTask<BudgetState?> StateAsync(string organizationId, BudgetProfile budget, CancellationToken ct);

    /// <summary>What a provider costs for a typical answer, in US dollars, to be compared within its kind; null where it is not known.</summary>
    decimal? TypicalCost(ResolvedProvider provider);
}

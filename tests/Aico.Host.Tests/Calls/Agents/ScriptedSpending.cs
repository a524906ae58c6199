using Aico.Host.Calls.Agents;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Tests.Calls.Agents;

/// <summary>Says of budgets and prices what a test wants.</summary>
internal sealed class ScriptedSpending : ISpending
{
    public BudgetState? State { get; set; }

    public Dictionary<string, decimal> Costs { get; } = [];

    public (string Organization, double? Monthly, double? CheaperAt) Asked { get; private set; }

    public ValueTask<BudgetState?> StateAsync(string organizationId, BudgetProfile budget, CancellationToken ct)
    {
        Asked = (organizationId, budget.MonthlyUsd, budget.CheaperAt);
        return ValueTask.FromResult(State);
    }

    public decimal? TypicalCost(ResolvedProvider provider) => Costs.TryGetValue(provider.Key, out var cost) ? cost : null;
}

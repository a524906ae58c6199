using System.Globalization;

namespace Aico.Host.Calls.Agents;

/// <summary>An organization's budget as it stands.</summary>
/// <param name="Action">What new calls have to do with it.</param>
/// <param name="SpentUsd">In this month so far, in UTC, as far as prices are known.</param>
/// <param name="MonthlyUsd">The budget.</param>
internal sealed record BudgetState(BudgetAction Action, decimal SpentUsd, decimal MonthlyUsd)
{
    /// <summary>How it stands, for people.</summary>
    public string Message => string.Create(CultureInfo.InvariantCulture, $"{SpentUsd:0.00} of this month's {MonthlyUsd:0.00} US dollars are spent, as estimated by list prices.") + (Action switch
    {
        BudgetAction.Cheaper => " New calls use the cheapest providers first.",
        BudgetAction.Block => " New calls are refused.",
        _ => "",
    });

    /// <summary>Why a new call is refused; null where it is not.</summary>
    public string? Refusal => Action == BudgetAction.Block ? $"The organization's budget does not allow new calls: {Message}" : null;
}

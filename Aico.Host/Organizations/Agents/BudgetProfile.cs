using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Host.Organizations.Agents;

internal sealed record BudgetProfile
{
    [Description("US dollars that the organization may spend in a month (UTC), as estimated by the table of prices; left out: no budget.")]
    [Range(0.01, 1_000_000_000)]
    public double? MonthlyUsd { get; init; }

    [Description("Share of the budget from which on the host warns in its log and in the usage.")]
    [Range(0, 10)]
    public double WarnAt { get; init; } = 0.8;

    [Description("Share of the budget from which on new calls use the cheapest providers of each chain first; left out: never.")]
    [Range(0, 10)]
    public double? CheaperAt { get; init; }

    [Description("Share of the budget from which on new calls are refused; left out: never.")]
    [Range(0, 10)]
    public double? BlockAt { get; init; }
}

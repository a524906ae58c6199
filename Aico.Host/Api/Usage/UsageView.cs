using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Calls.Agents;
using Aico.Host.Storage;

namespace Aico.Host.Api.Usage;

/// <summary>Usage as the API and <c>aico usage</c> show it.</summary>
internal static class UsageView
{
    /// <param name="organizationId">Whose.</param>
    /// <param name="question">What was asked for.</param>
    /// <param name="sums">The answer.</param>
    /// <param name="budget">What is left of the month's; null where there is none, or it is not known here.</param>
    public static JsonObject Of(string organizationId, UsageQuestion question, IReadOnlyList<UsageSum> sums, BudgetState? budget) => new()
    {
        ["organizationId"] = organizationId,
        ["from"] = ApiJson.Time(question.From),
        ["to"] = ApiJson.Time(question.To),
        ["budget"] = budget is null ? null : new JsonObject
        {
            ["monthlyUsd"] = budget.MonthlyUsd,
            ["spentUsd"] = budget.SpentUsd,
            ["action"] = budget.Action.ToString().ToLowerInvariant(),
            ["message"] = budget.Message,
        },
        ["usage"] = new JsonArray([.. sums.Select(Of)]),
    };

    private static JsonObject Of(UsageSum sum) => new()
    {
        ["day"] = sum.Day?.ToString("O", CultureInfo.InvariantCulture),
        ["type"] = sum.Kind,
        ["provider"] = sum.Provider,
        ["model"] = sum.Model,
        ["outcome"] = sum.Outcome,
        ["attempts"] = sum.Attempts,
        ["errors"] = sum.Errors,
        ["fallbacks"] = sum.Fallbacks,
        ["audioSeconds"] = Math.Round(sum.AudioSeconds, 3),
        ["characters"] = sum.Characters,
        ["inputTokens"] = sum.InputTokens,
        ["cachedInputTokens"] = sum.CachedInputTokens,
        ["outputTokens"] = sum.OutputTokens,
        ["estimatedCostUsd"] = sum.Cost,
        ["unpriced"] = sum.Unpriced,
        ["outcomes"] = new JsonObject
        {
            ["useful"] = Of(sum.Outcomes.Useful),
            ["cancelled"] = Of(sum.Outcomes.Cancelled),
            ["speculative"] = Of(sum.Outcomes.Speculative),
            ["failed"] = Of(sum.Outcomes.Failed),
            ["probe"] = Of(sum.Outcomes.Probe),
        },
    };

    private static JsonObject Of(UsageShare share) => new() { ["attempts"] = share.Attempts, ["estimatedCostUsd"] = share.Cost };
}

using System.Collections.Concurrent;
using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Agents;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Usage;

/// <summary>
/// Holds spending against budgets: month to date (UTC), asked for when a call is to begin and remembered for half a minute, so that many
/// calls ask once. Calls under way are not looked at.
/// </summary>
internal sealed partial class Budgets(ISpendingSource spending, Pricing prices, TimeProvider time, ILogger<Budgets> logger) : ISpending
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(30);

    // Beyond it all are forgotten: they are read again.
    private const int MaximumEntries = 10_000;

    private readonly ConcurrentDictionary<string, Spent> _spent = new(StringComparer.Ordinal);

    public async ValueTask<BudgetState?> StateAsync(string organizationId, BudgetProfile budget, CancellationToken ct)
    {
        if (budget.MonthlyUsd is not { } monthly)
        {
            return null;
        }

        if (await SpentAsync(organizationId, ct) is not { } spent)
        {
            // An organization's callers must not pay for a fault of the host's.
            return null;
        }

        var share = (double)spent / monthly;
        var action = share >= budget.BlockAt ? BudgetAction.Block
            : share >= budget.CheaperAt ? BudgetAction.Cheaper
            : share >= budget.WarnAt ? BudgetAction.Warn
            : BudgetAction.None;
        var state = new BudgetState(action, spent, (decimal)monthly);
        Tell(organizationId, state);
        return state;
    }

    public decimal? TypicalCost(ResolvedProvider provider)
    {
        // A question of some words, in a conversation of some turns, and an answer of two sentences.
        return prices.CostOf(
            new UsageRow
            {
                OrganizationId = "",
                At = time.GetUtcNow(),
                SessionId = "",
                Kind = ProviderKinds.Code(provider.Definition.Kind),
                Provider = provider.Key,
                Model = HealthSubject.ModelOf(provider.Definition, provider.Settings),
                Outcome = UsageAccount.Of(Calls.AttemptOutcome.Useful),
                AudioSeconds = 8,
                Characters = provider.Definition.Kind == ProviderKind.TextToSpeech ? 120 : 0,
                InputTokens = 1_500,
                OutputTokens = 60,
            },
            HealthSubject.EndpointOf(provider.Definition, provider.Settings));
    }

    // Null: nobody has been able to say since the month began.
    private async ValueTask<decimal?> SpentAsync(string organizationId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        if (_spent.TryGetValue(organizationId, out var known) && known.Month == month && time.GetElapsedTime(known.At) < MaximumAge)
        {
            return known.Dollars;
        }

        var before = known?.Month == month ? known : null;
        decimal? dollars;
        try
        {
            dollars = await spending.SpentAsync(organizationId, month, ct);
        }
        catch (SpendingUnknownException e)
        {
            // What was known last is nearer to the truth than nothing; and that nobody can say is remembered as well, so that calls do not
            // wait for it one after the other.
            dollars = before?.Dollars;
            LogUnknown(organizationId, dollars is null ? "not looked at" : "held against what was known last", e.Message);
        }

        var spent = new Spent(month, dollars, time.GetTimestamp(), before?.Told ?? BudgetAction.None);
        if (_spent.Count >= MaximumEntries)
        {
            _spent.Clear();
        }

        _spent[organizationId] = spent;
        return spent.Dollars;
    }

    // Once in a month for each step.
    private void Tell(string organizationId, BudgetState state)
    {
        if (_spent.TryGetValue(organizationId, out var spent) && state.Action > spent.Told && _spent.TryUpdate(organizationId, spent with { Told = state.Action }, spent))
        {
            LogBudget(organizationId, state.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Organization}: {State}")]
    private partial void LogBudget(string organization, string state);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Organization}: its budget is {Done}, what it has spent cannot be read: {Reason}")]
    private partial void LogUnknown(string organization, string done, string reason);

    private sealed record Spent(DateTimeOffset Month, decimal? Dollars, long At, BudgetAction Told);
}

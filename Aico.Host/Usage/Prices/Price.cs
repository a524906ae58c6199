using System.IO.Enumeration;
using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Usage.Prices;

/// <summary>One row of the price table: what attempts at certain providers with certain models cost in a certain time.</summary>
internal sealed record Price
{
    /// <summary>stt, tts, llm or vad; null: any.</summary>
    public string? Kind { get; init; }

    /// <summary>The provider's key; null where <see cref="Hosting"/> says whose price it is.</summary>
    public string? Provider { get; init; }

    /// <summary>Providers whose work is done in one of these places; used where no row names the provider.</summary>
    public IReadOnlyList<ProviderHosting> Hosting { get; init; } = [];

    /// <summary>The model's name, in which * stands for anything; null: any model and none.</summary>
    public string? Model { get; init; }

    /// <summary>The first day, in UTC.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day, in UTC; null: no end is known.</summary>
    public DateOnly? ValidUntil { get; init; }

    public required IReadOnlyList<UnitPrice> Units { get; init; }

    /// <summary>Where the numbers are from, for people.</summary>
    public required string Source { get; init; }

    public bool IsOf(UsageRow row, ProviderHosting? hosting)
    {
        var day = DateOnly.FromDateTime(row.At.UtcDateTime);
        return (Kind is null || Kind == row.Kind)
            && (Provider is null ? hosting is { } known && Hosting.Contains(known) : Provider == row.Provider)
            && (Model is null || (row.Model is { } model && FileSystemName.MatchesSimpleExpression(Model, model, ignoreCase: true)))
            && day >= ValidFrom && !(day > ValidUntil);
    }

    public decimal CostOf(UsageRow row)
    {
        var cachedApart = Units.Any(unit => unit.Unit == PriceUnit.CachedInputToken);
        return Units.Where(unit => unit.AbovePromptTokens == 0 || row.InputTokens > unit.AbovePromptTokens)
            .GroupBy(unit => unit.Unit)
            .Sum(tiers => tiers.MaxBy(unit => unit.AbovePromptTokens)!.CostOf(row, cachedApart));
    }
}

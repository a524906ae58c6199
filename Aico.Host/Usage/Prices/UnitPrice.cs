using Aico.Host.Storage;

namespace Aico.Host.Usage.Prices;

/// <summary>What a vendor takes for a quantity of something.</summary>
/// <param name="Unit">Of what.</param>
/// <param name="Dollars">US dollars.</param>
/// <param name="Per">For how many.</param>
internal sealed record UnitPrice(PriceUnit Unit, decimal Dollars, decimal Per)
{
    /// <summary>At least so many are billed for each attempt.</summary>
    public decimal Minimum { get; init; }

    /// <summary>The price of attempts whose prompt has more tokens than this.</summary>
    public long AbovePromptTokens { get; init; }

    /// <summary>For <see cref="PriceUnit.Credit"/>.</summary>
    public decimal CreditsPerCharacter { get; init; } = 1;

    /// <summary>What an attempt costs by this unit.</summary>
    /// <param name="row">The attempt.</param>
    /// <param name="cachedApart">Whether kept tokens have a price of their own.</param>
    public decimal CostOf(UsageRow row, bool cachedApart) => Math.Max(Minimum, Quantity(row, cachedApart)) * Dollars / Per;

    private decimal Quantity(UsageRow row, bool cachedApart) => Unit switch
    {
        PriceUnit.Request => 1,
        PriceUnit.AudioSecond => (decimal)row.AudioSeconds,
        PriceUnit.Character => row.Characters,
        PriceUnit.Credit => row.Characters * CreditsPerCharacter,
        PriceUnit.InputToken => cachedApart ? row.InputTokens - row.CachedInputTokens : row.InputTokens,
        PriceUnit.CachedInputToken => row.CachedInputTokens,
        PriceUnit.OutputToken => row.OutputTokens,
        _ => throw new ArgumentOutOfRangeException(nameof(row), Unit, "No such unit."),
    };
}

using System.Globalization;
using System.Text.Json;
using Aico.Host.Providers;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Cli.Documents;

/// <summary>The rows of a provider's prices.</summary>
internal static class PriceText
{
    public static IEnumerable<string> Rows(ProviderDefinition provider, PriceTable table)
    {
        var own = table.Prices.Where(price => price.Provider == provider.Key && (price.Kind is null || price.Kind == ProviderKinds.Code(provider.Kind))).ToList();
        if (own.Count == 0)
        {
            return [];
        }

        return
        [
            "| model | US dollars | from | source |",
            "|---|---|---|---|",
            .. own.Select(price =>
                $"| {(price.Model is { } model ? $"`{model}`" : "any")} | {string.Join("; ", price.Units.Select(Unit))} | {price.ValidFrom:yyyy-MM-dd}{(price.ValidUntil is { } last ? $" to {last:yyyy-MM-dd}" : "")} | {SettingText.Cell(price.Source)} |"),
        ];
    }

    private static string Unit(UnitPrice price)
    {
        var unit = JsonNamingPolicy.SnakeCaseLower.ConvertName(price.Unit.ToString()).Replace('_', ' ');
        var quantity = price.Per == 1 ? $"each {unit}" : $"for {Number(price.Per)} {unit}s";
        var minimum = price.Minimum > 0 ? $", at least {Number(price.Minimum)} are billed" : "";
        var above = price.AbovePromptTokens > 0 ? $", above {Number(price.AbovePromptTokens)} tokens of prompt" : "";
        return $"{price.Dollars.ToString("0.########", CultureInfo.InvariantCulture)} {quantity}{minimum}{above}";
    }

    private static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}

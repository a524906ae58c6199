using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Usage.Prices;

/// <summary>Reads a table of prices out of JSON. Notes everything that is wrong; the table must not be used then.</summary>
internal sealed class PriceReading
{
    private const string Currency = "USD";

    private static readonly IReadOnlyDictionary<string, PriceUnit> Units = Enum.GetValues<PriceUnit>().ToDictionary(unit => JsonNamingPolicy.SnakeCaseLower.ConvertName(unit.ToString()));
    private static readonly IReadOnlyDictionary<string, ProviderHosting> Hostings = Enum.GetValues<ProviderHosting>().ToDictionary(hosting => JsonNamingPolicy.CamelCase.ConvertName(hosting.ToString()));

    private readonly List<(string Pointer, string Message)> _errors = [];

    public IReadOnlyList<(string Pointer, string Message)> Errors => _errors;

    public PriceTable Read(JsonNode? root)
    {
        if (root is not JsonObject table)
        {
            Wrong("", "It is an object with \"currency\" and \"prices\".");
            return PriceTable.Empty;
        }

        Check(table, "", "currency", "prices");
        if (Text(table, "", "currency", isNeeded: true) is { } currency && currency != Currency)
        {
            Wrong("/currency", $"It is \"{Currency}\": other currencies are not known.");
        }

        var prices = new List<Price>();
        foreach (var (entry, pointer) in Entries(table, "", "prices"))
        {
            prices.Add(ReadPrice(entry, pointer));
        }

        foreach (var twice in prices.Select((price, index) => (price, index)).GroupBy(one => (one.price.Kind, one.price.Provider, Hosting: string.Join(',', one.price.Hosting), one.price.Model, one.price.ValidFrom)))
        {
            foreach (var (_, index) in twice.Skip(1))
            {
                Wrong($"/prices/{index}", $"It is for the same and from the same day as /prices/{twice.First().index}: one of them must go, or have another \"validFrom\".");
            }
        }

        return new PriceTable(prices);
    }

    private Price ReadPrice(JsonObject entry, string pointer)
    {
        Check(entry, pointer, "kind", "provider", "hosting", "model", "validFrom", "validUntil", "units", "source");
        var kind = Text(entry, pointer, "kind");
        if (kind is not null && ProviderKinds.Parse(kind) is null)
        {
            Wrong($"{pointer}/kind", $"It is one of {string.Join(", ", ProviderKinds.Codes)}.");
        }

        var provider = Text(entry, pointer, "provider");
        var hosting = entry.ContainsKey("hosting") ? ReadHosting(entry["hosting"], $"{pointer}/hosting") : [];
        if (provider is null == hosting is [])
        {
            Wrong(pointer, $"It has \"provider\", a provider's key, or \"hosting\", some of {string.Join(", ", Hostings.Keys)}; not both.");
        }

        var (from, until) = (Day(entry, pointer, "validFrom", isNeeded: true), Day(entry, pointer, "validUntil"));
        if (until < from)
        {
            Wrong($"{pointer}/validUntil", "It lies before \"validFrom\".");
        }

        var units = new List<UnitPrice>();
        foreach (var (unit, at) in Entries(entry, pointer, "units"))
        {
            if (ReadUnit(unit, at) is { } price)
            {
                units.Add(price);
            }
        }

        if (entry["units"] is JsonArray { Count: 0 })
        {
            Wrong($"{pointer}/units", "It names at least one unit; what is free has {\"unit\": \"request\", \"usd\": 0}.");
        }

        return new Price
        {
            Kind = kind,
            Provider = provider,
            Hosting = hosting,
            Model = Text(entry, pointer, "model"),
            ValidFrom = from ?? DateOnly.MinValue,
            ValidUntil = until,
            Units = units,
            Source = Text(entry, pointer, "source", isNeeded: true) ?? "",
        };
    }

    private UnitPrice? ReadUnit(JsonObject unit, string pointer)
    {
        Check(unit, pointer, "unit", "usd", "per", "minimum", "abovePromptTokens", "creditsPerCharacter");
        if (Text(unit, pointer, "unit", isNeeded: true) is not { } name)
        {
            return null;
        }

        if (!Units.TryGetValue(name, out var known))
        {
            Wrong($"{pointer}/unit", $"It is one of {string.Join(", ", Units.Keys)}.");
            return null;
        }

        if (!unit.ContainsKey("usd"))
        {
            Wrong(pointer, "It needs \"usd\".");
        }

        if (unit.ContainsKey("creditsPerCharacter") && known != PriceUnit.Credit)
        {
            Wrong($"{pointer}/creditsPerCharacter", "Only the unit \"credit\" has it.");
        }

        return new UnitPrice(known, Number(unit, pointer, "usd") ?? 0, Number(unit, pointer, "per", isPositive: true) ?? 1)
        {
            Minimum = Number(unit, pointer, "minimum") ?? 0,
            AbovePromptTokens = (long)(Number(unit, pointer, "abovePromptTokens") ?? 0),
            CreditsPerCharacter = Number(unit, pointer, "creditsPerCharacter", isPositive: true) ?? 1,
        };
    }

    private List<ProviderHosting> ReadHosting(JsonNode? node, string pointer)
    {
        var hosting = new List<ProviderHosting>();
        foreach (var name in node as JsonArray ?? [])
        {
            if (name?.GetValueKind() == JsonValueKind.String && Hostings.TryGetValue(name.GetValue<string>(), out var known))
            {
                hosting.Add(known);
            }
            else
            {
                Wrong(pointer, $"It is a list of {string.Join(", ", Hostings.Keys)}.");
            }
        }

        return hosting;
    }

    private IEnumerable<(JsonObject Entry, string Pointer)> Entries(JsonObject parent, string pointer, string name)
    {
        if (parent[name] is not JsonArray list)
        {
            Wrong(parent.ContainsKey(name) ? $"{pointer}/{name}" : pointer, $"It needs \"{name}\", a list.");
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject entry)
            {
                yield return (entry, $"{pointer}/{name}/{i}");
            }
            else
            {
                Wrong($"{pointer}/{name}/{i}", "It is an object.");
            }
        }
    }

    private DateOnly? Day(JsonObject entry, string pointer, string name, bool isNeeded = false)
    {
        if (Text(entry, pointer, name, isNeeded) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Wrong($"{pointer}/{name}", "It is a day such as 2026-11-22.");
        return null;
    }

    private string? Text(JsonObject entry, string pointer, string name, bool isNeeded = false)
    {
        if (!entry.TryGetPropertyValue(name, out var node))
        {
            if (isNeeded)
            {
                Wrong(pointer, $"It needs \"{name}\".");
            }

            return null;
        }

        if (node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 } text)
        {
            return text;
        }

        Wrong($"{pointer}/{name}", "It is a text.");
        return null;
    }

    private decimal? Number(JsonObject entry, string pointer, string name, bool isPositive = false)
    {
        if (!entry.TryGetPropertyValue(name, out var node))
        {
            return null;
        }

        if (node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<decimal>(out var number) && number >= 0 && !(isPositive && number == 0))
        {
            return number;
        }

        Wrong($"{pointer}/{name}", isPositive ? "It is a number above 0." : "It is a number, 0 or more.");
        return null;
    }

    private void Check(JsonObject entry, string pointer, params string[] known)
    {
        foreach (var (name, _) in entry)
        {
            if (!known.Contains(name))
            {
                var nearest = NearestName.Of(name, known);
                Wrong($"{pointer}/{Organizations.Files.JsonPositions.Escape(name)}", $"There is no such member{(nearest is null ? $"; there are {string.Join(", ", known)}" : $"; did you mean \"{nearest}\"?")}");
            }
        }
    }

    private void Wrong(string pointer, string message) => _errors.Add((pointer, message));
}

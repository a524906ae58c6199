using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>One figure and what it should be.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Value">Null: there was nothing to measure it by.</param>
/// <param name="Unit">Behind the value.</param>
/// <param name="AtMost">The target; null: there is none.</param>
/// <param name="Detail">What the figure is made of; empty: nothing more to say.</param>
internal sealed record BenchFigure(string Name, string Label, double? Value, string Unit, double? AtMost = null, string Detail = "")
{
    /// <summary>Null where there is no target, or nothing was measured.</summary>
    public bool? IsMet => Value is { } value && AtMost is { } most ? value <= most : null;

    public static string TextOf(IEnumerable<BenchFigure> figures) => string.Join('\n', figures.Select(figure => figure.ToText()));

    public static JsonObject JsonOf(IEnumerable<BenchFigure> figures) =>
        new(figures.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)figure.ToJson())));

    private JsonObject ToJson() => new()
    {
        ["value"] = Value is { } value ? Math.Round(value, 3) : null,
        ["unit"] = Unit,
        ["target"] = AtMost,
        ["met"] = IsMet,
        ["detail"] = Detail,
    };

    private string ToText()
    {
        var value = Value is { } number ? Text(number) : Detail.Length > 0 ? "" : "not measured";
        var target = AtMost is { } most ? $"at most {Text(most)}: {(IsMet is { } met ? met ? "met" : "MISSED" : "unknown")}" : "";
        return $"{Label,-34}{value,12} {Unit,-9}{target,-24}{Detail}".TrimEnd();
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) < 10 && value % 1 != 0 ? "0.00" : "0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>What a soak saw. docs/benchmarks.md says what each figure means.</summary>
internal sealed record SoakResult
{
    public required string Side { get; init; }

    public required int CallsAtOnce { get; init; }

    public required int Held { get; init; }

    public required int Answered { get; init; }

    public required int Unanswered { get; init; }

    /// <summary>Why calls could not be held, in order.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    public required IReadOnlyList<SoakSample> Samples { get; init; }

    /// <summary>When all calls were over.</summary>
    public required SoakSample End { get; init; }

    public required IReadOnlyList<SoakTrend> Trends { get; init; }

    public bool Holds => Trends.All(trend => !trend.Grows);

    public JsonObject ToJson() => new()
    {
        ["side"] = Side,
        ["callsAtOnce"] = CallsAtOnce,
        ["minutes"] = Math.Round(End.Seconds / 60, 1),
        ["calls"] = Held,
        ["failedCalls"] = Failures.Count,
        ["answered"] = Answered,
        ["unanswered"] = Unanswered,
        ["faults"] = End.Faults,
        ["holds"] = Holds,
        ["trends"] = new JsonArray([.. Trends.Select(trend => new JsonObject
        {
            ["name"] = trend.Name,
            ["first"] = Math.Round(trend.First, 1),
            ["last"] = Math.Round(trend.Last, 1),
            ["end"] = trend.End,
            ["perCall"] = Math.Round(trend.PerCall, 4),
            ["limitPerCall"] = trend.Limit,
            ["grows"] = trend.Grows,
        })]),
        ["end"] = End.ToJson(),
        ["samples"] = new JsonArray([.. Samples.Select(sample => sample.ToJson())]),
    };

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{End.Seconds / 60:0.0} minutes of {Side}, {CallsAtOnce} calls at once: {Held} calls, {Failures.Count} of them not held, {Answered} turns answered and {Unanswered} not, {End.Faults} faults");
        foreach (var failure in Failures.GroupBy(failure => failure).OrderByDescending(group => group.Count()).Take(5))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {failure.Count()}x {failure.Key}");
        }

        var table = new CliTable("", "FIRST", "LAST", "AT THE END", "PER CALL", "LIMIT", "");
        foreach (var trend in Trends)
        {
            table.Add([trend.Name, Show(trend, trend.First), Show(trend, trend.Last), Show(trend, trend.End), Small(trend, trend.PerCall), trend.Limit is { } limit ? Small(trend, limit) : "-", trend.Grows ? "GROWS" : ""]);
        }

        using var writer = new StringWriter(text, CultureInfo.InvariantCulture);
        table.Write(writer);
        text.Append(Holds ? "Nothing grows beyond its limit." : $"Grows beyond its limit: {string.Join(", ", Trends.Where(trend => trend.Grows).Select(trend => trend.Name))}.");
        return text.ToString();
    }

    private static string Show(SoakTrend trend, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{(trend.Unit == "MB" ? value / 1e6 : value):0.0}{(trend.Unit.Length == 0 ? "" : " ")}{trend.Unit}");

    private static string Small(SoakTrend trend, double value) =>
        trend.Unit == "MB" ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0} kB") : string.Create(CultureInfo.InvariantCulture, $"{value:0.000}");
}

using System.Text;

namespace Aico.Host.Telemetry.Exposition;

/// <summary>
/// OpenTelemetry's names as Prometheus wants them, by the rules that OpenTelemetry gives for it: what is no letter, digit or underscore
/// becomes one, the unit is appended, and a counter ends in "_total".
/// </summary>
internal static class MetricNames
{
    /// <param name="name">Such as "lk.agents.turn.e2e_latency".</param>
    /// <param name="unit">By UCUM; in braces or none: it is not appended.</param>
    /// <param name="isCounter">Whether it only grows.</param>
    public static string Of(string name, string? unit, bool isCounter)
    {
        var text = new StringBuilder(Clean(name));
        var suffix = unit switch
        {
            null or "" => "",
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" => isCounter ? "" : "ratio",
            _ when unit[0] == '{' => "",
            _ => Clean(unit).ToLowerInvariant(),
        };
        if (suffix.Length > 0 && !EndsWith(text, suffix))
        {
            text.Append('_').Append(suffix);
        }

        if (isCounter && !EndsWith(text, "total"))
        {
            text.Append("_total");
        }

        return text.ToString();
    }

    public static string Clean(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        if (text.Length == 0 || char.IsAsciiDigit(text[0]))
        {
            text.Insert(0, '_');
        }

        return text.ToString();
    }

    private static bool EndsWith(StringBuilder text, string word) => text.ToString().EndsWith($"_{word}", StringComparison.Ordinal);
}

using System.Globalization;
using System.Text;

namespace Aico.Host.Telemetry.Exposition;

/// <summary>The labels of a series as Prometheus writes them, such as <c>kind="stt",provider="vosk"</c>; sorted, so that equal sets are equal texts.</summary>
internal static class MetricLabels
{
    public static string Write(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.Length == 0)
        {
            return "";
        }

        var sorted = labels.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var text = new StringBuilder(48);
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(MetricNames.Clean(name)).Append("=\"");
            Escape(text, Text(value), quotes: true);
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>Appends a text in which lines end nowhere; where it stands in quotes those are escaped too.</summary>
    public static void Escape(StringBuilder into, string text, bool quotes)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => into.Append(@"\\"),
                '\n' => into.Append(@"\n"),
                '"' when quotes => into.Append("\\\""),
                _ => into.Append(c),
            };
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        true => "true",
        false => "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

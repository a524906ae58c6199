using System.Globalization;
using System.Text.RegularExpressions;

namespace Aico.Host.Tests.Telemetry;

/// <summary>
/// Reads Prometheus' text format 0.0.4 and holds it to its rules: a metric's lines stand together behind its HELP and TYPE, names and
/// labels have their characters, no series comes twice, a histogram's buckets grow and end with +Inf, which is its count.
/// </summary>
internal sealed partial class PrometheusText
{
    private PrometheusText()
    {
    }

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Help { get; } = [];

    /// <summary>By name and sorted labels, such as <c>x_total{a="b"}</c>.</summary>
    public Dictionary<string, double> Samples { get; } = [];

    public double this[string series] => Samples[series];

    public static PrometheusText Read(string text)
    {
        var read = new PrometheusText();
        text.Should().EndWith("\n", "the last line must end");
        string? family = null;
        foreach (var line in text.Split('\n')[..^1])
        {
            family = read.Line(line, family);
        }

        read.CheckHistograms();
        return read;
    }

    private string? Line(string line, string? family)
    {
        if (HelpLine().Match(line) is { Success: true } help)
        {
            Help.TryAdd(help.Groups[1].Value, help.Groups[2].Value).Should().BeTrue("{0} is explained once", help.Groups[1].Value);
            return null;
        }

        if (TypeLine().Match(line) is { Success: true } type)
        {
            Types.TryAdd(type.Groups[1].Value, type.Groups[2].Value).Should().BeTrue("the lines of {0} stand together", type.Groups[1].Value);
            return type.Groups[1].Value;
        }

        var sample = SampleLine().Match(line);
        sample.Success.Should().BeTrue("\"{0}\" is a line of the format", line);
        var name = sample.Groups[1].Value;
        family.Should().NotBeNull("a type stands before \"{0}\"", line);
        (name == family || (Types[family!] == "histogram" && name[family!.Length..] is "_bucket" or "_sum" or "_count")).Should().BeTrue("{0} stands with its own", name);
        Samples.TryAdd($"{name}{sample.Groups[2].Value}", Number(sample.Groups[3].Value)).Should().BeTrue("\"{0}\" comes once", line);
        return family;
    }

    private void CheckHistograms()
    {
        foreach (var name in Types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            var buckets = Samples.Where(sample => sample.Key.StartsWith($"{name}_bucket{{", StringComparison.Ordinal)).ToList();
            buckets.Should().NotBeEmpty();
            foreach (var series in buckets.GroupBy(bucket => Le().Replace(bucket.Key, "").Replace("_bucket", "", StringComparison.Ordinal).Replace("{}", "", StringComparison.Ordinal)))
            {
                var bounds = series.Select(bucket => Number(Le().Match(bucket.Key).Groups[1].Value)).ToList();
                bounds.Should().BeInAscendingOrder().And.HaveElementAt(bounds.Count - 1, double.PositiveInfinity);
                series.Select(bucket => bucket.Value).Should().BeInAscendingOrder("buckets hold those below");
                var labels = series.Key[name.Length..];
                Samples[$"{name}_count{labels}"].Should().Be(series.Last().Value);
                Samples.Should().ContainKey($"{name}_sum{labels}");
            }
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$")]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*")*\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:E[+-]?[0-9]+)?)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(",?le=\"([^\"]*)\"")]
    private static partial Regex Le();
}

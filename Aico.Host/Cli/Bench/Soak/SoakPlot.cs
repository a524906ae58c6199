using System.Globalization;
using System.Security;
using System.Text;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Draws a run as SVG: one panel for each quantity, over minutes.</summary>
internal static class SoakPlot
{
    private const int Width = 860;
    private const int PanelHeight = 110;
    private const int Left = 190;
    private const int Right = 20;
    private const int Top = 40;
    private const int Gap = 24;

    public static string Draw(SoakResult result)
    {
        (string Name, Func<SoakSample, double> Value)[] panels =
        [
            ("resident memory, MB", sample => sample.ResidentBytes / 1e6),
            ("managed heap, MB", sample => sample.HeapBytes / 1e6),
            ("handles", sample => sample.Handles ?? 0),
            ("sockets", sample => sample.Sockets ?? 0),
            ("threads", sample => sample.Threads),
            ("native handles", sample => sample.NativeHandles),
            ("database, MB", sample => sample.DatabaseBytes / 1e6),
            ("calls that run", sample => sample.Running),
        ];
        var minutes = Math.Max(result.End.Seconds / 60, 1e-9);
        var height = Top + panels.Length * (PanelHeight + Gap) + 20;
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="12" fill="#222">""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect width="{Width}" height="{height}" fill="#fff"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="22" font-size="14">{SecurityElement.Escape(Title(result))}</text>""");
        for (var i = 0; i < panels.Length; i++)
        {
            Panel(svg, panels[i].Name, [.. result.Samples.Append(result.End).Select(sample => (sample.Seconds / 60 / minutes, panels[i].Value(sample)))], Top + i * (PanelHeight + Gap));
        }

        var bottom = Top + panels.Length * (PanelHeight + Gap);
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{bottom}">0</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="{bottom}" text-anchor="end">{minutes:0.0} minutes, {result.End.Begun} calls</text>""");
        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private static string Title(SoakResult result) => string.Create(
        CultureInfo.InvariantCulture, $"aico bench soak: {result.Side}, {result.CallsAtOnce} calls at once, {result.Held} calls, {result.End.Faults} faults");

    private static void Panel(StringBuilder svg, string name, List<(double X, double Y)> points, int top)
    {
        // From zero: a quantity that is twice what it was looks like it.
        var highest = points.Max(point => point.Y);
        var scale = highest > 0 ? highest * 1.05 : 1;
        var line = string.Join(' ', points.Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{Left + point.X * (Width - Left - Right):0.#},{top + PanelHeight - point.Y / scale * PanelHeight:0.#}")));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{top}" width="{Width - Left - Right}" height="{PanelHeight}" fill="none" stroke="#ccc"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 12}" y="{top + 14}" text-anchor="end">{SecurityElement.Escape(name)}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 12}" y="{top + 34}" text-anchor="end" fill="#666">most {highest:0.##}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 12}" y="{top + 52}" text-anchor="end" fill="#666">least {points.Min(point => point.Y):0.##}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 12}" y="{top + 70}" text-anchor="end" fill="#666">last {points[^1].Y:0.##}</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{line}" fill="none" stroke="#1667b7" stroke-width="1.5"/>""");
    }
}

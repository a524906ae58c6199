namespace Aico.Host.Cli;

/// <summary>Plain text in aligned columns, with indented notes below a row where there is more to say.</summary>
internal sealed class CliTable(params string[] headers)
{
    private readonly List<(string[] Cells, string[] Notes)> _rows = [];

    public void Add(string[] cells, params string?[] notes) => _rows.Add((cells, [.. notes.OfType<string>()]));

    public void Write(TextWriter output)
    {
        var widths = headers.Select((header, column) => _rows.Select(row => row.Cells[column].Length).Append(header.Length).Max()).ToArray();
        WriteRow(output, headers, widths);
        foreach (var (cells, notes) in _rows)
        {
            WriteRow(output, cells, widths);
            foreach (var note in notes)
            {
                output.WriteLine($"    {note}");
            }
        }
    }

    private static void WriteRow(TextWriter output, string[] cells, int[] widths) =>
        output.WriteLine(string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
}

using System.Text;
using Aico.Host.Cli.Organizations.Desks;

namespace Aico.Host.Cli.Top;

/// <summary>Shows a host in place, on a screen of its own, until it is cancelled; leaves the terminal as it was. A host that is away for a while is shown as such.</summary>
internal sealed class TopTerminal(RemoteApi api, TextWriter output, TimeSpan interval, TimeProvider time)
{
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string RestOfLine = "\e[K";
    private const string RestOfScreen = "\e[J";

    private IReadOnlyList<string> _lines = [];

    public async Task RunAsync(CancellationToken ct)
    {
        // What is wrong from the start, such as a key that is refused, is an error and no picture.
        _lines = await ReadAsync(ct);
        await output.WriteAsync(Enter);
        try
        {
            while (true)
            {
                await output.WriteAsync(Picture(_lines, Console.WindowWidth, Console.WindowHeight));
                await output.FlushAsync(ct);
                await Task.Delay(interval, time, ct);
                _lines = await TryReadAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
        finally
        {
            await output.WriteAsync(Leave);
            await output.FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>What goes to the terminal: every line cut to its width, the rest of the old picture erased.</summary>
    internal static string Picture(IReadOnlyList<string> lines, int width, int height)
    {
        var text = new StringBuilder(Home);
        var shown = Math.Min(lines.Count, Math.Max(1, height - 1));
        for (var i = 0; i < shown; i++)
        {
            var line = i == shown - 1 && shown < lines.Count ? $"… {lines.Count - shown + 1} lines more" : lines[i];
            text.Append(line.Length > width ? line[..Math.Max(0, width)] : line).Append(RestOfLine).Append("\r\n");
        }

        return text.Append(RestOfScreen).ToString();
    }

    private async Task<IReadOnlyList<string>> ReadAsync(CancellationToken ct)
    {
        var answer = await TopHost.ReadAsync(api, ct);
        return api.Read(() => TopScreen.Lines(answer));
    }

    private async Task<IReadOnlyList<string>> TryReadAsync(CancellationToken ct)
    {
        try
        {
            return await ReadAsync(ct);
        }
        catch (CliException e)
        {
            return [e.Message, "", .. _lines.SkipWhile(line => line == e.Message || line.Length == 0)];
        }
    }
}

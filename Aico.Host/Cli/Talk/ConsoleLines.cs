using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aico.Host.Cli.Talk;

/// <summary>
/// Reads the lines that someone types or pipes in. A thread of its own waits for them, since reading a console cannot be
/// cancelled: it starts with the first read and ends with the input or the process.
/// </summary>
internal sealed class ConsoleLines(TextReader input, TextWriter? promptTo)
{
    // Full: the reader waits, and the pipe behind it.
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(16);

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        new Thread(Pump) { IsBackground = true, Name = "console lines" }.Start();
        while (true)
        {
            promptTo?.Write("> ");
            promptTo?.Flush();
            if (!await _lines.Reader.WaitToReadAsync(ct) || !_lines.Reader.TryRead(out var line))
            {
                yield break;
            }

            yield return line;
        }
    }

    private void Pump()
    {
        Exception? error = null;
        try
        {
            while (input.ReadLine() is { } line)
            {
                // The one writer may block here: this thread has nothing else to do.
                _lines.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            error = e;
        }

        _lines.Writer.TryComplete(error);
    }
}

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aico.Host.Cli.Bench.Api;

/// <summary>
/// Asks an HTTP server the same on several connections, each one request after the other, for a while. Works on the sockets, so that
/// on a machine that has to do both sides most of the time is the server's.
/// </summary>
/// <param name="server">Where.</param>
/// <param name="connections">How many.</param>
internal sealed class HttpLoad(Uri server, int connections)
{
    private const int BufferLength = 64 * 1024;
    private static readonly byte[] _endOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] _length = "Content-Length: "u8.ToArray();

    /// <summary>The bytes of a request.</summary>
    public byte[] Request(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\n");
        foreach (var (name, value) in headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (body is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        return Encoding.UTF8.GetBytes($"{text}\r\n{body}");
    }

    /// <param name="request">What is asked, by the number of the connection and of the request on it.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Milliseconds of each request.</returns>
    /// <exception cref="CliException">An answer is no success.</exception>
    public async Task<LoadResult> RunAsync(Func<int, int, byte[]> request, TimeSpan duration, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(() => AskAsync(number, request, started, duration, ct), ct)));
        return new LoadResult([.. each.SelectMany(times => times)], TimeProvider.System.GetElapsedTime(started));
    }

    private async Task<List<double>> AskAsync(int number, Func<int, int, byte[]> request, long started, TimeSpan duration, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), ct);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        var times = new List<double>(1 << 16);
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await socket.SendAsync(request(number, times.Count), ct);
            await ReadAsync(socket, buffer, ct);
            times.Add(Callers.Elapsed(asked));
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return times;
    }

    private static async ValueTask ReadAsync(Socket socket, byte[] buffer, CancellationToken ct)
    {
        var read = 0;
        var whole = int.MaxValue;
        while (read < whole)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(read), ct);
            if (count == 0)
            {
                throw new CliException("The server has closed the connection.", ExitCode.Failed);
            }

            read += count;
            whole = whole == int.MaxValue ? WholeLength(buffer.AsSpan(0, read)) ?? whole : whole;
        }
    }

    // Head and body; null where the head is not whole yet.
    private static int? WholeLength(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf(_endOfHead);
        if (head < 0)
        {
            return null;
        }

        if (received[9] != (byte)'2')
        {
            throw new CliException($"The server answered {Encoding.ASCII.GetString(received[..Math.Min(received.Length, 300)])}", ExitCode.Failed);
        }

        var at = received[..head].IndexOf(_length);
        var digits = at < 0 ? [] : received[(at + _length.Length)..head];
        var end = digits.IndexOf((byte)'\r');
        return at >= 0 && int.TryParse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture, out var length)
            ? head + _endOfHead.Length + length
            : throw new CliException("The server does not say how long its answer is.", ExitCode.Failed);
    }
}

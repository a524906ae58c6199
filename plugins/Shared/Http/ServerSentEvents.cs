using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aico.Plugins.Shared.Http;

/// <summary>
/// Reads server-sent events from a response as they come: LF, CRLF and CR, comments and keep-alives skipped. An event that is
/// complete but for its blank line when the stream ends is given, since several servers end so. One buffer serves the whole stream.
/// </summary>
internal static class ServerSentEvents
{
    /// <summary>No real event comes near it; it keeps a broken server from filling the memory.</summary>
    private const int LongestEvent = 8 * 1024 * 1024;

    /// <exception cref="InvalidDataException">An event is too long.</exception>
    public static async IAsyncEnumerable<ServerSentEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[4096];
        var data = new ArrayBufferWriter<byte>(1024);
        var (start, end, name, hasData) = (0, 0, "message", false);

        // Behind the start: a long line comes in many reads, and is not looked through again with each.
        var searched = 0;
        for (var ended = false; !ended;)
        {
            if (end == buffer.Length)
            {
                MakeRoom(ref buffer, ref start, ref end);
            }

            var count = await stream.ReadAsync(buffer.AsMemory(end), ct);
            ended = count == 0;
            end += count;
            while (TryTakeLine(buffer, ref start, ref searched, end, ended, out var line))
            {
                if (line.Length > 0)
                {
                    TakeField(buffer.AsSpan(line.Start, line.Length), data, ref name, ref hasData);
                }
                else if (hasData)
                {
                    yield return new ServerSentEvent(name, data.WrittenMemory);
                    data.ResetWrittenCount();
                    (name, hasData) = ("message", false);
                }
            }
        }

        if (hasData)
        {
            yield return new ServerSentEvent(name, data.WrittenMemory);
        }
    }

    private static void MakeRoom(ref byte[] buffer, ref int start, ref int end)
    {
        var target = buffer;
        if (start < buffer.Length / 2)
        {
            target = buffer.Length < LongestEvent ? new byte[buffer.Length * 2] : throw new InvalidDataException("A line of the stream is too long.");
        }

        buffer.AsSpan(start, end - start).CopyTo(target);
        (buffer, start, end) = (target, 0, end - start);
    }

    private static bool TryTakeLine(byte[] buffer, ref int start, ref int searched, int end, bool ended, out (int Start, int Length) line)
    {
        var rest = buffer.AsSpan(start, end - start);
        var found = rest[searched..].IndexOfAny((byte)'\n', (byte)'\r');
        var length = searched + found;
        if (found < 0)
        {
            searched = ended ? 0 : rest.Length;
            // The stream may end without a line end.
            line = (start, rest.Length);
            start = ended ? end : start;
            return ended && line.Length > 0;
        }

        if (rest[length] == '\r' && length + 1 == rest.Length && !ended)
        {
            // Its line feed may come with the next read.
            searched = length;
            line = default;
            return false;
        }

        searched = 0;
        line = (start, length);
        start += length + (rest[length] == '\r' && length + 1 < rest.Length && rest[length + 1] == '\n' ? 2 : 1);
        return true;
    }

    private static void TakeField(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> data, ref string name, ref bool hasData)
    {
        line = line.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
        var colon = line.IndexOf((byte)':');
        var field = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        if (field.SequenceEqual("data"u8))
        {
            if (hasData)
            {
                data.Write("\n"u8);
            }

            if (data.WrittenCount + value.Length > LongestEvent)
            {
                throw new InvalidDataException("An event of the stream is too long.");
            }

            data.Write(value);
            hasData = true;
        }
        else if (field.SequenceEqual("event"u8))
        {
            name = Encoding.UTF8.GetString(value);
        }
    }
}

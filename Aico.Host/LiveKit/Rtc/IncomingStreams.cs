using System.Diagnostics.CodeAnalysis;
using System.Text;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// Puts the streams of a room together: every stream comes with a reader of ours, which is read for the topics asked for and dropped for
/// the others. Streams that are too long, or too many at a time, are dropped with a line in the log. Used by the room's loop only.
/// </summary>
internal sealed class IncomingStreams(FfiClient client, IFfiRoom room, RoomConnectRequest wanted, ILogger logger)
{
    public const int MaxTextBytes = 64 * 1024;
    public const int MaxBytes = 4 * 1024 * 1024;

    // A sender who leaves in the middle leaves a stream without an end.
    public const int MaxOpen = 64;

    private readonly Dictionary<ulong, IncomingStream> _open = [];

    public void Begin(TextStreamOpened opened)
    {
        var info = opened.Reader.Info;
        Begin(
            opened.Reader.Handle,
            wanted.TextTopics.Contains(info.Topic),
            new IncomingStream(opened.ParticipantIdentity, info.Topic, info.MimeType, "", new Dictionary<string, string>(info.Attributes), MaxTextBytes),
            handle => new FfiRequest { TextReadIncremental = new ReadIncrementalRequest { ReaderHandle = handle } });
    }

    public void Begin(ByteStreamOpened opened)
    {
        var info = opened.Reader.Info;
        Begin(
            opened.Reader.Handle,
            wanted.ByteTopics.Contains(info.Topic),
            new IncomingStream(opened.ParticipantIdentity, info.Topic, info.MimeType, info.Name, new Dictionary<string, string>(info.Attributes), MaxBytes),
            handle => new FfiRequest { ByteReadIncremental = new ReadIncrementalRequest { ReaderHandle = handle } });
    }

    /// <summary>The stream as an event, once it is whole.</summary>
    public RoomEvent? Take(TextStreamReaderEvent message)
    {
        if (message.ChunkReceived is { } chunk)
        {
            Take(message.ReaderHandle, Encoding.UTF8.GetBytes(chunk.Content));
            return null;
        }

        return End(message.ReaderHandle, message.Eos) is { } stream
            ? new RoomEvent.TextReceived(stream.Identity, stream.Topic, Encoding.UTF8.GetString(stream.Content.Span), stream.Attributes)
            : null;
    }

    public RoomEvent? Take(ByteStreamReaderEvent message)
    {
        if (message.ChunkReceived is { } chunk)
        {
            Take(message.ReaderHandle, chunk.Content.Span);
            return null;
        }

        return End(message.ReaderHandle, message.Eos) is { } stream
            ? new RoomEvent.BytesReceived(stream.Identity, stream.Topic, stream.Content, stream.MimeType, stream.Name, stream.Attributes)
            : null;
    }

    public void Clear()
    {
        foreach (var reader in _open.Keys)
        {
            client.RemoveReader(reader);
        }

        _open.Clear();
    }

    private void Begin(OwnedHandle owned, bool isWanted, IncomingStream stream, Func<ulong, FfiRequest> read)
    {
        using var reader = new FfiHandle(client, owned);
        if (!isWanted)
        {
            return;
        }

        if (_open.Count >= MaxOpen)
        {
            logger.LogWarning("A stream on {Topic} from {Identity} was dropped: {Count} are open already.", stream.Topic, stream.Identity, MaxOpen);
            return;
        }

        _open[reader.Id] = stream;
        client.AddReader(reader.Id, room);
        try
        {
            client.Send(read(reader.Id));
            reader.Consumed();
        }
        catch (RoomException error)
        {
            Remove(reader.Id);
            logger.LogWarning("A stream on {Topic} from {Identity} could not be read: {Error}", stream.Topic, stream.Identity, error.Message);
        }
    }

    private void Take(ulong reader, ReadOnlySpan<byte> chunk)
    {
        if (_open.TryGetValue(reader, out var stream) && !stream.TryAppend(chunk))
        {
            logger.LogWarning("A stream on {Topic} from {Identity} was dropped: it is longer than {Limit} bytes.", stream.Topic, stream.Identity, stream.MaxBytes);
            Remove(reader);
        }
    }

    private IncomingStream? End(ulong reader, StreamEos? end)
    {
        if (!Remove(reader, out var stream))
        {
            return null;
        }

        if (end?.Error is { } error)
        {
            logger.LogWarning("A stream on {Topic} from {Identity} broke off: {Error}", stream.Topic, stream.Identity, error.Description);
            return null;
        }

        foreach (var (name, value) in end?.Attributes ?? [])
        {
            stream.Attributes[name] = value;
        }

        return stream;
    }

    private void Remove(ulong reader) => Remove(reader, out _);

    private bool Remove(ulong reader, [NotNullWhen(true)] out IncomingStream? stream)
    {
        client.RemoveReader(reader);
        return _open.Remove(reader, out stream);
    }
}

using System.Buffers;
using System.Net.WebSockets;
using Aico.Host.LiveKit.Protocol;
using Google.Protobuf;

namespace Aico.Host.LiveKit.Worker;

/// <summary>A real WebSocket that carries the worker's messages, each in one binary message.</summary>
internal sealed class WorkerWebSocket(ClientWebSocket socket) : IWorkerSocket
{
    // The server's own limit in the other direction.
    private const int LongestMessage = 2 * 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _received = new(4096);

    public async Task SendAsync(WorkerMessage message, CancellationToken ct)
    {
        try
        {
            await socket.SendAsync(message.ToByteArray().AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new WorkerConnectionException("the connection to the LiveKit server broke", inner: e);
        }
    }

    public async Task<ServerMessage?> ReceiveAsync(CancellationToken ct)
    {
        try
        {
            _received.ResetWrittenCount();
            while (true)
            {
                var part = await socket.ReceiveAsync(_received.GetMemory(4096), ct);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                _received.Advance(part.Count);
                if (_received.WrittenCount > LongestMessage)
                {
                    throw new WorkerConnectionException($"the LiveKit server sent a message of more than {LongestMessage} bytes");
                }

                if (part.EndOfMessage)
                {
                    return ServerMessage.Parser.ParseFrom(_received.WrittenSpan);
                }
            }
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WorkerConnectionException("the LiveKit server sent a message that cannot be read", inner: e);
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new WorkerConnectionException("the connection to the LiveKit server broke", inner: e);
        }
    }

    public async Task CloseAsync(CancellationToken ct)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, ct);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new WorkerConnectionException("the connection to the LiveKit server broke", inner: e);
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    // A socket that was aborted while it waited shows itself as any of these.
    private static bool IsBroken(Exception e) => e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException;
}

using System.Threading.Channels;
using Aico.Host.LiveKit.Rooms;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Wire = Aico.Host.LiveKit.Protocol;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>
/// What is to be sent, in order. <see cref="RunAsync"/> is started by the session's owner and ends when the outbox was completed and is
/// empty, when the room is gone, or when it is cancelled. A message that cannot be sent is lost, logged once in a row; any error but the
/// room's own is a fault of the host and comes out of the task.
/// </summary>
internal sealed partial class RemoteOutbox
{
    // A turn makes some twenty messages, so this is a connection that has stood still for minutes.
    private const int Capacity = 256;

    private readonly Channel<(string To, Wire.AgentSessionMessage Message)> _messages;
    private readonly Func<RoomText, string, ReadOnlyMemory<byte>, CancellationToken, Task> _send;
    private readonly ILogger _logger;
    private long _dropped;

    public RemoteOutbox(Func<RoomText, string, ReadOnlyMemory<byte>, CancellationToken, Task> send, ILogger logger)
    {
        _send = send;
        _logger = logger;

        // Full mode: drop the oldest. The call must not wait, and who catches up wants to see how it is now.
        _messages = Channel.CreateBounded<(string, Wire.AgentSessionMessage)>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Dropped());
    }

    /// <summary>Messages that were lost because the room did not take them fast enough.</summary>
    public long DroppedMessages => Interlocked.Read(ref _dropped);

    /// <summary>Queues a message, which must not be changed any more. After <see cref="Complete"/> it is dropped.</summary>
    public void Send(string to, Wire.AgentSessionMessage message) => _messages.Writer.TryWrite((to, message));

    public void Complete() => _messages.Writer.TryComplete();

    public async Task RunAsync(CancellationToken ct)
    {
        var number = 0;
        var isFailing = false;
        try
        {
            await foreach (var (to, message) in _messages.Reader.EachAsync(ct))
            {
                try
                {
                    await _send(new RoomText { Topic = RemoteSession.Topic, Destinations = [to] }, $"AS_{++number}", message.ToByteArray(), ct);
                    isFailing = false;
                }
                catch (RoomException e) when (e.Failure != RoomFailure.Disconnected)
                {
                    if (!isFailing)
                    {
                        LogFailed(e);
                    }

                    isFailing = true;
                }
            }
        }
        catch (RoomException e) when (e.Failure == RoomFailure.Disconnected)
        {
            LogGone();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        finally
        {
            Complete();
        }
    }

    private void Dropped()
    {
        if (Interlocked.Increment(ref _dropped) == 1)
        {
            LogDropped(Capacity);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the remote session could not be sent; later ones are tried")]
    private partial void LogFailed(RoomException e);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The remote session ends: the room is gone")]
    private partial void LogGone();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The remote session loses messages: {Capacity} wait to be sent")]
    private partial void LogDropped(int capacity);
}

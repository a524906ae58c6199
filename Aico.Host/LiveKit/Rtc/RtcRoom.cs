using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// A room that was joined. The library's threads post events into a queue; one loop, from construction until disposal, applies them and
/// hands on what the reader needs to know. A queue that overflows ends this room and no other. The end has one reason, the first.
/// </summary>
internal sealed class RtcRoom : IRoom, IFfiRoom
{
    // A reader that is this far behind has stopped.
    private const int QueuedEvents = 2048;

    // The library waits up to 5 s for a server that does not answer our leave.
    private static readonly TimeSpan _leaveTimeout = TimeSpan.FromSeconds(8);

    private readonly FfiClient _client;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly FfiHandle _room;
    private readonly FfiHandle _local;
    private readonly RoomState _state;
    private readonly RoomRequests _requests;
    private readonly IncomingStreams _streams;
    private readonly Channel<FfiEvent> _inbox = Channel.CreateBounded<FfiEvent>(
        new BoundedChannelOptions(QueuedEvents) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly Channel<RoomEvent> _outbox = Channel.CreateBounded<RoomEvent>(
        new BoundedChannelOptions(QueuedEvents) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly RoomHoldings _holdings;
    private readonly CancellationTokenSource _ended = new();
    private readonly ReconnectLimit _reconnecting;
    private readonly Task _pumping;
    private readonly Lazy<Task> _leaving;
    private readonly Lazy<Task> _disposing;
    private int _endReason = -1;

    /// <summary>Takes over every handle of the result. No event comes before <see cref="Begin"/>.</summary>
    public RtcRoom(FfiClient client, ConnectResult joined, RoomConnectRequest request, ILogger logger, TimeProvider time)
    {
        _client = client;
        _logger = logger;
        _time = time;
        _room = new FfiHandle(client, joined.Room.Handle);
        _local = new FfiHandle(client, joined.LocalParticipant.Handle);
        _state = new RoomState(client, joined);
        _requests = new RoomRequests(client, _local.Id, _ended.Token);
        _streams = new IncomingStreams(client, this, request, logger);
        _holdings = new RoomHoldings(_requests, _state, _ended.Token);
        _reconnecting = new ReconnectLimit(time, request.ReconnectTimeout, () => End(RoomDisconnectReason.ConnectionTimeout));
        _leaving = new Lazy<Task>(LeaveAsync);
        _disposing = new Lazy<Task>(DisposeOnceAsync);
        client.Add(this);
        _pumping = PumpAsync();
    }

    public ulong RoomHandle => _room.Id;

    public ulong ParticipantHandle => _local.Id;

    public string Sid => _state.Sid;

    public string Name => _state.Name;

    public string Metadata => _state.Metadata;

    public RoomParticipant Local => _state.Local;

    public IReadOnlyList<RoomParticipant> Participants => _state.Participants;

    /// <summary>Lets the events come. The library closes the room, and panics, where this is not said within 15 s.</summary>
    public void Begin() => _client.Send(new FfiRequest { ReadyForRoomEvent = new ReadyForRoomEventRequest { RoomHandle = _room.Id } });

    public void Post(FfiEvent message)
    {
        if (!_inbox.Writer.TryWrite(message))
        {
            _client.DropHandles(message);
            if (_inbox.Writer.TryComplete())
            {
                _logger.LogError("{Count} events of room {Room} wait: the room is given up.", QueuedEvents, Name);
            }
        }
    }

    public void Break() => _inbox.Writer.TryComplete();

    public async IAsyncEnumerable<RoomEvent> ReadEventsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _outbox.Reader.WaitToReadAsync(ct))
        {
            while (_outbox.Reader.TryRead(out var happened))
            {
                yield return happened;
            }
        }

        yield return new RoomEvent.Disconnected((RoomDisconnectReason)_endReason);
    }

    public Task<IPublishedAudio> PublishAudioAsync(string name, TrackSource source, AudioFormat format, TimeSpan queue, CancellationToken ct) =>
        _holdings.PublishAsync(name, source, format, queue, ct);

    public void SetSubscribed(string trackSid, bool isSubscribed)
    {
        if (_state.Publication(trackSid) is { } publication)
        {
            _requests.SetSubscribed(publication, isSubscribed);
        }
    }

    public IReceivedAudio OpenAudio(string trackSid, AudioFormat format, TimeSpan frame, RoomAudioProcessing processing) =>
        _holdings.OpenAudio(trackSid, format, frame, processing);

    public Task SetAttributesAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct) => _requests.SetAttributesAsync(attributes, ct);

    public Task SendTextAsync(RoomText stream, string text, CancellationToken ct) => _requests.SendTextAsync(stream, text, ct);

    public Task<IRoomTextWriter> OpenTextAsync(RoomText stream, CancellationToken ct) => _holdings.OpenTextAsync(stream, ct);

    public Task SendBytesAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        _requests.SendBytesAsync(stream, name, bytes, ct);

    public Task PublishTranscriptionAsync(RoomTranscription transcription, CancellationToken ct) => _requests.PublishTranscriptionAsync(transcription, ct);

    public Task SendDtmfAsync(uint code, string digit, CancellationToken ct) => _requests.SendDtmfAsync(code, digit, ct);

    public void RegisterRpc(string method) => _requests.RegisterRpc(method);

    public Task AnswerRpcAsync(ulong invocationId, string? payload, string? error, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _requests.AnswerRpc(invocationId, payload, error);
        return Task.CompletedTask;
    }

    /// <summary>Calls a method of another participant; for tests and tools.</summary>
    public Task<string> CallRpcAsync(string identity, string method, string payload, TimeSpan timeout, CancellationToken ct) =>
        _requests.CallRpcAsync(identity, method, payload, timeout, ct);

    public async Task DisconnectAsync(CancellationToken ct)
    {
        await _leaving.Value.WaitAsync(ct);
        End(RoomDisconnectReason.ClientInitiated);
    }

    public ValueTask DisposeAsync() => new(_disposing.Value);

    private async Task PumpAsync()
    {
        while (await _inbox.Reader.WaitToReadAsync())
        {
            while (_inbox.Reader.TryRead(out var message))
            {
                Apply(message);
            }
        }

        // The end of the inbox: we have left already, or the queue overflowed, or the library is broken.
        End(RoomDisconnectReason.AgentError);
    }

    private void Apply(FfiEvent message)
    {
        switch (message.MessageCase)
        {
            case FfiEvent.MessageOneofCase.RoomEvent:
                Apply(message.RoomEvent);
                break;
            case FfiEvent.MessageOneofCase.TextStreamReaderEvent:
                Tell(_streams.Take(message.TextStreamReaderEvent));
                break;
            case FfiEvent.MessageOneofCase.ByteStreamReaderEvent:
                Tell(_streams.Take(message.ByteStreamReaderEvent));
                break;
            case FfiEvent.MessageOneofCase.RpcMethodInvocation:
                var call = message.RpcMethodInvocation;
                Tell(new RoomEvent.RpcInvoked(
                    call.InvocationId, call.Method, call.CallerIdentity, call.Payload, TimeSpan.FromMilliseconds(call.ResponseTimeoutMs)));
                break;
        }
    }

    private void Apply(FfiRoomEvent message)
    {
        switch (message.MessageCase)
        {
            case FfiRoomEvent.MessageOneofCase.Disconnected:
                End((RoomDisconnectReason)message.Disconnected.Reason);
                break;
            case FfiRoomEvent.MessageOneofCase.Eos:
                // It overtakes the answer to our leave.
                End(_leaving.IsValueCreated ? RoomDisconnectReason.ClientInitiated : RoomDisconnectReason.Unknown);
                break;
            case FfiRoomEvent.MessageOneofCase.Reconnecting:
                _reconnecting.Begin();
                Tell(new RoomEvent.Reconnecting());
                break;
            case FfiRoomEvent.MessageOneofCase.Reconnected:
                _reconnecting.End();
                Tell(new RoomEvent.Reconnected());
                break;
            case FfiRoomEvent.MessageOneofCase.TextStreamOpened:
                _streams.Begin(message.TextStreamOpened);
                break;
            case FfiRoomEvent.MessageOneofCase.ByteStreamOpened:
                _streams.Begin(message.ByteStreamOpened);
                break;
            default:
                Tell(RoomPackets.EventOf(message, _client) ?? _holdings.Republished(message) ?? _state.Apply(message));
                _holdings.EndGone(message);
                break;
        }
    }

    private void Tell(RoomEvent? happened)
    {
        if (happened is not null && !_outbox.Writer.TryWrite(happened) && !_ended.IsCancellationRequested)
        {
            _logger.LogError("Nobody reads the events of room {Room}: it is given up.", Name);
            End(RoomDisconnectReason.AgentError);
        }
    }

    /// <summary>We are out of the room, for the first reason that is given.</summary>
    private void End(RoomDisconnectReason reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, (int)reason, -1) == -1)
        {
            _reconnecting.End();
            _ended.Cancel();
            _holdings.End();
            _outbox.Writer.TryComplete();
        }
    }

    /// <summary>The server keeps us in the room until we say that we leave, or it misses us.</summary>
    private async Task LeaveAsync()
    {
        if (_client.Broken.IsCompleted)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(_leaveTimeout, _time);
        try
        {
            var id = _client.NextId();
            await _client.AskAsync(id, new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = _room.Id, RequestAsyncId = id } }, null, timeout.Token);
        }
        catch (Exception error) when (error is RoomException or OperationCanceledException)
        {
            _logger.LogWarning("Room {Room} was left without the library's answer: {Error}", Name, error.Message);
        }
    }

    private async Task DisposeOnceAsync()
    {
        await _leaving.Value;
        End(RoomDisconnectReason.ClientInitiated);
        _client.Remove(this);
        _inbox.Writer.TryComplete();
        await _pumping;
        _streams.Clear();
        await _holdings.DisposeAsync();
        _state.Dispose();
        _local.Dispose();
        _room.Dispose();
        _reconnecting.Dispose();
    }
}

using Aico.Host.LiveKit.Rooms;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Wire = Aico.Host.LiveKit.Protocol;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>
/// What a debugging frontend sees of a call and asks of it: LiveKit's remote session (docs/remote-session.md). It only watches, but for
/// text that it puts in. Events come from the call's loop and requests from the room's; both are done at once, under one lock, and what
/// they lead to is queued. <see cref="RunAsync"/> is the one loop: its owner starts it before the call, and it ends when the call has
/// ended and all is sent, when the room is gone, or when it is cancelled; messages that the room refuses are lost and logged.
/// </summary>
internal sealed partial class RemoteSession : ICallObserver
{
    /// <summary>The topic of the byte streams, both ways.</summary>
    public const string Topic = "lk.agent.session";

    private readonly Lock _lock = new();
    private readonly RemoteSessionSettings _settings;
    private readonly Func<string?> _caller;
    private readonly Action<string> _sendText;
    private readonly ILogger<RemoteSession> _logger;
    private readonly RemoteClock _clock;
    private readonly RemoteEvents _events;
    private readonly RemoteAnswers _answers;
    private readonly RunInputs _inputs;
    private readonly RemoteOutbox _outbox;
    private string? _watcher;
    private int _broken;

    /// <param name="settings">What is told, and limits.</param>
    /// <param name="send">Sends bytes into the room: <see cref="IRoom.SendBytesAsync"/>.</param>
    /// <param name="caller">
    /// The linked participant's identity, read without a lock of the owner's. Null: nobody is linked, or nobody who has a use for a remote session;
    /// nothing is sent or taken.
    /// </param>
    /// <param name="sendText">Puts typed text into the call: <see cref="Call.SendText"/>.</param>
    /// <param name="time">The call's.</param>
    /// <param name="logger">Told of broken payloads, without their content, and of what could not be sent.</param>
    public RemoteSession(
        RemoteSessionSettings settings, Func<RoomText, string, ReadOnlyMemory<byte>, CancellationToken, Task> send, Func<string?> caller,
        Action<string> sendText, TimeProvider time, ILogger<RemoteSession> logger)
    {
        _settings = settings;
        _caller = caller;
        _sendText = sendText;
        _logger = logger;
        _clock = new RemoteClock(time);
        _outbox = new RemoteOutbox(send, logger);
        _inputs = new RunInputs(settings, time, _lock, Respond);
        var conversation = new RemoteConversation(new RemoteItems(_clock), settings);
        var usage = new RemoteUsage(settings.Providers);
        _events = new RemoteEvents(settings, _clock, conversation, usage, Emit);
        _answers = new RemoteAnswers(settings, _clock, conversation, usage, _events);
    }

    /// <summary>Messages that were lost because the room did not take them fast enough.</summary>
    public long DroppedMessages => _outbox.DroppedMessages;

    /// <summary>Sends until the end, see above.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await _outbox.RunAsync(ct);
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Takes no more; what waits is still sent. The end of the call does the same.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _inputs.Close();
            _outbox.Complete();
        }
    }

    public void On(CallEvent callEvent)
    {
        lock (_lock)
        {
            _clock.Saw(callEvent);
            var items = _events.On(callEvent);
            switch (callEvent)
            {
                case TurnCompleted { Turn.CallerText.Length: > 0 } completed:
                    _inputs.Completed(completed.Turn, items);
                    break;
                case CallEnded:
                    Close();
                    break;
            }
        }
    }

    /// <summary>Takes a byte stream of the room, on any topic and from anybody. Returns at once and never throws. Safe from any thread.</summary>
    public void Receive(RoomEvent.BytesReceived stream)
    {
        if (stream.Topic != Topic || stream.Identity.Length == 0 || stream.Identity != _caller())
        {
            return;
        }

        if (Parse(stream.Bytes) is not { Request: { } request })
        {
            return;
        }

        RunInput? input = null;
        lock (_lock)
        {
            _watcher = stream.Identity;
            if (request.RequestCase == Wire.SessionRequest.RequestOneofCase.RunInput)
            {
                var asked = new RunInput(request.RequestId, stream.Identity, request.RunInput.Text);
                input = _inputs.Add(asked) ? asked : null;
            }
            else if (_answers.Answer(request) is { } response)
            {
                response.RequestId = request.RequestId;
                Respond(stream.Identity, response);
            }
        }

        if (input is not null)
        {
            PutIn(input);
        }
    }

    private Wire.AgentSessionMessage? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (bytes.Length <= _settings.MaximumPayloadBytes)
            {
                return Wire.AgentSessionMessage.Parser.ParseFrom(bytes.Span);
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Told below. The parser's own words can hold what was sent.
        }

        if (Interlocked.Increment(ref _broken) == 1)
        {
            // Once: the caller could fill the log with them.
            LogBroken(bytes.Length);
        }

        return null;
    }

    private void PutIn(RunInput input)
    {
        try
        {
            _sendText(input.Text);
        }
        catch (InvalidOperationException)
        {
            // The call's mailbox is full. Whoever asked is told, and the call has its own way to deal with it.
            lock (_lock)
            {
                _inputs.Fail(input, "The call does not keep up.");
            }
        }
    }

    private void Emit(Wire.AgentSessionEvent wire)
    {
        // Twenty streams a turn, which most callers have no eyes for: who watches has asked something first.
        if (_caller() is { Length: > 0 } to && to == _watcher)
        {
            _outbox.Send(to, new Wire.AgentSessionMessage { Event = wire });
        }
    }

    private void Respond(string to, Wire.SessionResponse response) => _outbox.Send(to, new Wire.AgentSessionMessage { Response = response });

    [LoggerMessage(Level = LogLevel.Warning, Message = "A payload of the remote session was ignored ({Bytes} bytes): broken or too large. Further ones are not logged")]
    private partial void LogBroken(int bytes);
}

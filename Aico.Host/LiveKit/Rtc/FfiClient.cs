using System.Collections.Concurrent;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Rtc.Protocol;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// The process's one client of the native library: sends requests, brings events to whom they belong. What arrives on the library's
/// threads is parsed and handed on there, without a lock or a wait; audio goes to its stream directly. Started by whoever makes it,
/// ended by <see cref="DisposeAsync"/>, once, at the end of the process. After a panic of the library every request fails.
/// </summary>
internal sealed class FfiClient : IAsyncDisposable
{
    private static readonly MessageParser<FfiEvent> _events = FfiEvent.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<FfiResponse> _responses = FfiResponse.Parser.WithDiscardUnknownFields(true);

    private readonly IFfi _ffi;
    private readonly ILogger _logger;
    private readonly NativeLog _log;
    private readonly ConcurrentDictionary<ulong, PendingRequest> _pending = new();
    private readonly ConcurrentDictionary<ulong, IFfiRoom> _rooms = new();
    private readonly ConcurrentDictionary<ulong, IFfiRoom> _roomsByParticipant = new();
    private readonly ConcurrentDictionary<ulong, IFfiRoom> _readers = new();
    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastId;
    private long _liveHandles;
    private int _disposed;

    public FfiClient(IFfi ffi, ILoggerFactory loggers)
    {
        _ffi = ffi;
        _logger = loggers.CreateLogger<FfiClient>();
        _log = new NativeLog(loggers);
        Audio = new FfiAudio(ffi);
        ffi.Start(Receive);
    }

    /// <summary>Completes when the library has panicked, with what it said: what runs may end, nothing new can begin, and only a new process helps.</summary>
    public Task<string> Broken => _broken.Task;

    /// <summary>The library's version, which it says about a second after its start.</summary>
    public Task<string> Version => _log.Version;

    /// <summary>Handles that the library keeps for us now.</summary>
    public long LiveHandles => Interlocked.Read(ref _liveHandles);

    /// <summary>Requests that the library works at now, those that nobody waits for any more among them.</summary>
    public int Unanswered => _pending.Count;

    /// <summary>Where audio goes, past the rooms.</summary>
    public FfiAudio Audio { get; }

    /// <summary>A number for a request that is completed by an event.</summary>
    public ulong NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Sends a request that is answered at once. Handles in the answer belong to the caller.</summary>
    /// <exception cref="RoomException">The library refused it.</exception>
    public FfiResponse Send(FfiRequest request)
    {
        if (_broken.Task.IsCompleted)
        {
            throw BrokenError();
        }

        var size = request.CalculateSize();
        var bytes = size <= 1024 ? stackalloc byte[size] : new byte[size];
        request.WriteTo(bytes);
        var handle = _ffi.Request(bytes, out var answer);
        if (handle == 0)
        {
            throw new RoomException(RoomFailure.Rejected, $"The native library refused the request {request.MessageCase}; its log says why.");
        }

        try
        {
            var response = _responses.ParseFrom(answer);
            Interlocked.Add(ref _liveHandles, OwnedHandles.In(response).Count());
            return response;
        }
        finally
        {
            _ffi.Drop(handle);
        }
    }

    /// <summary>Sends a request of which only matters whether the library took it; for audio, 50 times a second and room.</summary>
    public bool TrySend(ReadOnlySpan<byte> request)
    {
        if (_broken.Task.IsCompleted)
        {
            return false;
        }

        var handle = _ffi.Request(request, out _);
        return handle != 0 && _ffi.Drop(handle);
    }

    /// <summary>Sends a request and waits for the event with its number. When the wait is given up, what the answer brings is let go of.</summary>
    /// <param name="id">From <see cref="NextId"/>, and in the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="late">Takes an answer that nobody waits for any more, instead of it being dropped; must not block.</param>
    /// <param name="ct">Gives up waiting; the library goes on.</param>
    public async Task<FfiEvent> AskAsync(ulong id, FfiRequest request, Action<FfiEvent>? late, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        late ??= DropHandles;
        var pending = new PendingRequest(late);
        _pending[id] = pending;
        try
        {
            Send(request);
        }
        catch
        {
            _pending.TryRemove(id, out _);
            throw;
        }

        if (_broken.Task.IsCompleted)
        {
            pending.Fail(BrokenError());
        }

        try
        {
            return await pending.Answer.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            if (!pending.Abandon())
            {
                late(await pending.Answer);
            }

            throw;
        }
    }

    public void Add(IFfiRoom room)
    {
        _rooms[room.RoomHandle] = room;
        _roomsByParticipant[room.ParticipantHandle] = room;
        if (_broken.Task.IsCompleted)
        {
            room.Break();
        }
    }

    public void Remove(IFfiRoom room)
    {
        _rooms.TryRemove(room.RoomHandle, out _);
        _roomsByParticipant.TryRemove(room.ParticipantHandle, out _);
    }

    /// <summary>Events of a stream that is being read belong to no room by their numbers.</summary>
    public void AddReader(ulong reader, IFfiRoom room) => _readers[reader] = room;

    public void RemoveReader(ulong reader) => _readers.TryRemove(reader, out _);

    public void Drop(ulong handle)
    {
        _ffi.Drop(handle);
        Interlocked.Decrement(ref _liveHandles);
    }

    /// <summary>A request took this handle.</summary>
    public void Forget(ulong _) => Interlocked.Decrement(ref _liveHandles);

    public void DropHandles(FfiEvent message)
    {
        foreach (var handle in OwnedHandles.In(message))
        {
            Drop(handle.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            foreach (var room in _rooms.Values.OfType<IAsyncDisposable>())
            {
                await room.DisposeAsync();
            }

            // It blocks until the library has closed everything, and its threads may still call us meanwhile.
            await Task.Run(_ffi.Dispose);
            await _log.DisposeAsync();
        }
    }

    /// <summary>On threads of the library, several at once. An exception that left it would end the process, so all are caught here.</summary>
    private void Receive(ReadOnlySpan<byte> message)
    {
        try
        {
            Route(_events.ParseFrom(message));
        }
        catch (Exception error)
        {
            _logger.LogError(error, "An event of the native library could not be handled.");
        }
    }

    private void Route(FfiEvent message)
    {
        switch (message.MessageCase)
        {
            case FfiEvent.MessageOneofCase.AudioStreamEvent:
                Audio.Heard(message.AudioStreamEvent);
                return;
            case FfiEvent.MessageOneofCase.CaptureAudioFrame:
                Audio.Captured(message.CaptureAudioFrame);
                return;
            case FfiEvent.MessageOneofCase.Logs:
                _log.Write(message.Logs);
                return;
            case FfiEvent.MessageOneofCase.Panic:
                Break(message.Panic.Message);
                return;
        }

        Interlocked.Add(ref _liveHandles, OwnedHandles.In(message).Count());
        if (RoomOf(message) is { } room)
        {
            room.Post(message);
        }
        else if (_pending.TryRemove(FfiAnswers.IdOf(message), out var pending))
        {
            pending.Complete(message);
        }
        else
        {
            DropHandles(message);
        }
    }

    private IFfiRoom? RoomOf(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.RoomEvent => _rooms.GetValueOrDefault(message.RoomEvent.RoomHandle),
        FfiEvent.MessageOneofCase.RpcMethodInvocation => _roomsByParticipant.GetValueOrDefault(message.RpcMethodInvocation.LocalParticipantHandle),
        FfiEvent.MessageOneofCase.TextStreamReaderEvent => _readers.GetValueOrDefault(message.TextStreamReaderEvent.ReaderHandle),
        FfiEvent.MessageOneofCase.ByteStreamReaderEvent => _readers.GetValueOrDefault(message.ByteStreamReaderEvent.ReaderHandle),
        _ => null,
    };

    private void Break(string message)
    {
        if (!_broken.TrySetResult(message))
        {
            return;
        }

        _logger.LogCritical("The native library has panicked and cannot be used any more: {Message}", NativeLog.WithoutTokens(message));
        foreach (var pending in _pending.Values)
        {
            pending.Fail(BrokenError());
        }

        foreach (var room in _rooms.Values)
        {
            room.Break();
        }
    }

    private static RoomException BrokenError() =>
        new(RoomFailure.Library, "LiveKit's native library has panicked; only a new process can use it.");
}

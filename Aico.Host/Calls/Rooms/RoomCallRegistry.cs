namespace Aico.Host.Calls.Rooms;

/// <summary>The calls in rooms: those that go on, and the latest that have ended. Safe from any thread.</summary>
internal sealed class RoomCallRegistry(TimeProvider time)
{
    private const int MaximumPast = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RoomCall> _live = [];
    private readonly LinkedList<RoomCall> _past = new();
    private readonly List<(string RoomName, TaskCompletionSource<RoomReadiness> Answer)> _waiting = [];
    private long _begun;

    /// <summary>Calls that have begun since the start of the process.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    /// <summary>A call has ended, as it was then. Quick, and never throws.</summary>
    public event Action<RoomCallInfo>? Ended;

    /// <summary>The live ones, then the past, each group the newest first.</summary>
    public IReadOnlyList<RoomCallInfo> List()
    {
        lock (_lock)
        {
            return [.. _live.Values.Reverse().Concat(_past).Select(call => call.Info)];
        }
    }

    /// <summary>The live ones, the oldest first.</summary>
    public IReadOnlyList<RoomCall> Live
    {
        get
        {
            lock (_lock)
            {
                return [.. _live.Values];
            }
        }
    }

    public RoomCallInfo? Get(string id) => Find(id)?.Info;

    /// <summary>The live call of a room whose agent is ready; null where this process has none.</summary>
    public string? ReadyCallOf(string roomName)
    {
        lock (_lock)
        {
            return _live.Values.FirstOrDefault(call => call.RoomName == roomName && call.IsReady)?.Id;
        }
    }

    /// <summary>Ends a live call. False where there is none of this id.</summary>
    public bool End(string id) => Find(id)?.End() ?? false;

    /// <summary>
    /// Waits for the agent of a room to be able to take its caller, or to fail. To miss nothing it must be called before the agent
    /// is asked for.
    /// </summary>
    public async Task<RoomReadiness> WaitUntilReadyAsync(string roomName, CancellationToken ct)
    {
        var waiter = (roomName, new TaskCompletionSource<RoomReadiness>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (ReadyCallOf(roomName) is { } ready)
            {
                return new RoomReadiness(null, ready);
            }

            _waiting.Add(waiter);
        }

        try
        {
            return await waiter.Item2.Task.WaitAsync(ct);
        }
        finally
        {
            lock (_lock)
            {
                _waiting.Remove(waiter);
            }
        }
    }

    /// <summary>A job for the room was refused for good.</summary>
    public void Refused(string roomName, string reason) => Answer(roomName, new RoomReadiness(reason, null));

    public RoomCall Begin(string id, string roomName)
    {
        var call = new RoomCall(id, roomName, time.GetUtcNow(), (of, readiness) => Answer(of.RoomName, readiness));
        Interlocked.Increment(ref _begun);
        lock (_lock)
        {
            _live[id] = call;
        }

        return call;
    }

    public void HasEnded(RoomCall call, CallEndReason reason, string? error)
    {
        call.HasEnded(reason, error, time.GetUtcNow());
        lock (_lock)
        {
            _live.Remove(call.Id);
            _past.AddFirst(call);
            if (_past.Count > MaximumPast)
            {
                _past.RemoveLast();
            }
        }

        Ended?.Invoke(call.Info);
        if (!call.IsReady)
        {
            call.CouldNotBecomeReady(error ?? $"The call ended before the agent was ready: {reason}.");
        }
    }

    private RoomCall? Find(string id)
    {
        lock (_lock)
        {
            return _live.GetValueOrDefault(id) ?? _past.FirstOrDefault(call => call.Id == id);
        }
    }

    private void Answer(string roomName, RoomReadiness readiness)
    {
        lock (_lock)
        {
            foreach (var (_, answer) in _waiting.Where(waiting => waiting.RoomName == roomName))
            {
                answer.TrySetResult(readiness);
            }
        }
    }
}

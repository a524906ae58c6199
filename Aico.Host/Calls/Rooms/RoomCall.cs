namespace Aico.Host.Calls.Rooms;

/// <summary>What the host knows of one call in a room, while it goes on and for some time after. Safe from any thread.</summary>
internal sealed class RoomCall(string id, string roomName, DateTimeOffset started, Action<RoomCall, RoomReadiness> readiness) : ICallObserver
{
    // A turn takes seconds, so this is hours; beyond it the oldest are let go.
    private const int MaximumTurns = 2000;

    private readonly Lock _lock = new();
    private readonly List<TurnRecord> _turns = [];
    private RoomCallInfo _info = new() { Id = id, OrganizationId = "", RoomName = roomName, Started = started };
    private Action? _end;
    private CallerState _caller;
    private int _completed;

    public string Id => id;

    public string RoomName => roomName;

    public RoomCallInfo Info
    {
        get
        {
            lock (_lock)
            {
                return _info with { Turns = [.. _turns] };
            }
        }
    }

    /// <summary>How its audio fares.</summary>
    public CallAudio Audio { get; } = new();

    public RoomCallStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new RoomCallStatus(_info, _caller, _completed, _turns is [.., var last] ? last : null);
            }
        }
    }

    public bool IsReady
    {
        get
        {
            lock (_lock)
            {
                return _info.IsReady;
            }
        }
    }

    public void Serves(AgentLease lease, string? callerIdentity)
    {
        lock (_lock)
        {
            _info = _info with
            {
                OrganizationId = lease.OrganizationId,
                AgentName = lease.AgentName,
                ConfigurationVersion = lease.ConfigurationVersion,
                CallerIdentity = callerIdentity ?? _info.CallerIdentity,
                Providers = ProviderKeys.Of(lease.Providers),
            };
        }
    }

    /// <summary>Says how the call is ended from outside.</summary>
    public void EndsBy(Action end)
    {
        lock (_lock)
        {
            _end = end;
        }
    }

    /// <summary>Ends the call from outside. False where it cannot be ended any more or not yet.</summary>
    public bool End()
    {
        Action? end;
        lock (_lock)
        {
            end = _info.Ended is null ? _end : null;
        }

        end?.Invoke();
        return end is not null;
    }

    public void BecameReady()
    {
        lock (_lock)
        {
            if (_info.IsReady)
            {
                return;
            }

            _info = _info with { IsReady = true };
        }

        readiness(this, new RoomReadiness(null, id));
    }

    public void CouldNotBecomeReady(string reason) => readiness(this, new RoomReadiness(reason, id));

    public void On(CallEvent callEvent)
    {
        lock (_lock)
        {
            switch (callEvent)
            {
                case AgentStateChanged changed:
                    _info = _info with { State = changed.State };
                    break;
                case CallerStateChanged changed:
                    _caller = changed.State;
                    break;
                case StageFailed failed:
                    _info = _info with { Error = failed.Message };
                    break;
                case TurnCompleted completed:
                    _turns.Add(completed.Turn);
                    _completed++;
                    if (_turns.Count > MaximumTurns)
                    {
                        _turns.RemoveAt(0);
                    }

                    break;
            }
        }
    }

    /// <summary>The call is over; an error replaces what failed in it before.</summary>
    public void HasEnded(CallEndReason reason, string? error, DateTimeOffset at)
    {
        lock (_lock)
        {
            _info = _info with { Ended = at, EndReason = reason, Error = error ?? _info.Error };
            _end = null;
        }

        // It is remembered for some time, and its conversation with all that it holds must not be.
        Audio.Ends();
    }
}

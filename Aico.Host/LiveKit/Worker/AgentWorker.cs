using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Protocol;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// Offers this host's agent to a LiveKit server. The host starts it once with <see cref="RunAsync"/> and stops it with
/// <see cref="DrainAsync"/>, or at once by the token. A connection that breaks is made anew while running jobs go on; nothing but the
/// host's will ends it.
/// </summary>
internal sealed class AgentWorker : IDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(6);

    // A server offers no job to workers whose loads reach its target_load, 0.7 by default, however available they call themselves
    // (read in livekit-server 1.13's JobRequestAffinity, and seen). Whether we are full is ours to say.
    private const double HighestAvailableLoad = 0.65;

    private readonly LiveKitSettings _settings;
    private readonly WorkerOptions _options;
    private readonly IWorkerDialer _dialer;
    private readonly TokenIssuer _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WorkerOutbox _outbox = new();
    private readonly JobPlaces _places;
    private readonly WorkerJobs _jobs;
    private readonly WorkerLoad _load;
    private readonly WorkerDrain _drain;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new();
    private WorkerState _state = new();
    private bool _isStarted;
    private bool _saidFull;
    private WorkerLink? _link;

    public AgentWorker(
        LiveKitSettings settings,
        WorkerOptions options,
        IJobHandler handler,
        IWorkerDialer dialer,
        IReadOnlyList<ILoadSource> load,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Places, 1, nameof(options));
        _settings = settings;
        _options = options;
        _dialer = dialer;
        _time = time;
        _tokens = new TokenIssuer(settings, time);
        _logger = loggers.CreateLogger<AgentWorker>();
        _load = new WorkerLoad(load);
        _places = new JobPlaces(options.Places);
        _jobs = new WorkerJobs(handler, options, settings.WebSocketUrl, _outbox, _places, Changed, time, _logger);
        _drain = new WorkerDrain(_jobs, _places, options, time, _logger);
    }

    /// <summary>After each change of phase, connection or jobs; raised on the thread that made it, and must return at once.</summary>
    public event Action<WorkerState>? StateChanged;

    public WorkerState State
    {
        get
        {
            WorkerState state;
            lock (_lock)
            {
                state = _state;
            }

            var jobs = _places.All;
            var running = jobs.Where(job => job.IsRunning).Select(job => job.Job.Id).ToList();
            return state with
            {
                Phase = state.Phase != WorkerPhase.Stopped && _drain.IsDraining ? WorkerPhase.Draining : state.Phase,
                ActiveJobs = running,
                ReservedPlaces = jobs.Count - running.Count,
                Load = _load.Current,
                IsFull = IsFull,
            };
        }
    }

    private bool IsOverloaded => _load.Current >= _options.LoadThreshold;

    private bool IsFull => _places.IsFull || IsOverloaded;

    /// <summary>Serves until it was drained or the token ends it, jobs included.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var stopping = ct.Register(() => _ = _drain.StopAsync());
        Volatile.Write(ref _isStarted, true);
        var stop = _drain.Finished;
        try
        {
            var attempt = 0;
            while (!stop.IsCancellationRequested)
            {
                WorkerConnectionException error;
                try
                {
                    await ServeConnectionAsync(() => attempt = 0, stop);
                    continue;
                }
                catch (WorkerConnectionException e)
                {
                    error = e;
                }

                await PauseAsync(error, attempt++, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end.
        }
        finally
        {
            // Also where an error of ours ended it.
            await _drain.StopAsync();
            Set(state => state with { Phase = WorkerPhase.Stopped, IsConnected = false });
            _logger.Stopped();
            _ended.TrySetResult();
        }
    }

    /// <summary>
    /// Takes no more jobs, waits for the running ones, then stops. Who has not ended after the patience says goodbye; who has not done
    /// so in time is cancelled. A second call with less patience shortens the first.
    /// </summary>
    /// <param name="patience">Null: the option's.</param>
    public async Task DrainAsync(TimeSpan? patience = null)
    {
        var over = _drain.StartAsync(patience ?? _options.DrainTimeout);
        Changed();
        await over;
        if (Volatile.Read(ref _isStarted))
        {
            await _ended.Task;
        }
    }

    /// <summary>Has the server make a job for a room, as if a dispatch had; false without a connection.</summary>
    public bool TrySimulate(string room) =>
        _outbox.TrySend(new WorkerMessage { SimulateJob = new SimulateJobRequest { Type = (JobType)(int)_options.Kind, Room = new Room { Name = room } } });

    public void Dispose()
    {
        _jobs.Dispose();
        _drain.Dispose();
    }

    private async Task ServeConnectionAsync(Action registered, CancellationToken ct)
    {
        await using var socket = await ConnectAsync(ct);
        var link = new WorkerLink(socket, _options, _time);
        var response = await link.RegisterAsync(Registration(), ct);
        registered();
        _logger.Registered(response.ServerInfo?.Version ?? "", response.WorkerId, _options.AgentName, _options.Places);

        // Offers that came by this connection are void when it ends.
        using var life = new CancellationTokenSource();
        try
        {
            var running = _places.All.Where(job => job.IsRunning).Select(job => job.Job.Id).ToList();
            if (running.Count > 0)
            {
                link.Outgoing.TryWrite(new WorkerMessage { MigrateJob = new MigrateJobRequest { JobIds = { running } } });
            }

            _outbox.Attach(link.Outgoing);
            Volatile.Write(ref _link, link);
            Set(state => state with
            {
                Phase = WorkerPhase.Registered,
                IsConnected = true,
                WorkerId = response.WorkerId,
                ServerVersion = response.ServerInfo?.Version ?? "",
                LastError = null,
            });
            await link.RunAsync(message => Receive(message, life.Token), Status, ct);
        }
        finally
        {
            Volatile.Write(ref _link, null);
            _outbox.Detach(link.TakeUnsent());
            life.Cancel();
        }
    }

    private async Task<IWorkerSocket> ConnectAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var token = _tokens.Issue(new TokenClaims { Video = new VideoGrant { Agent = true } }, TokenLifetime);
            return await _dialer.ConnectAsync(LiveKitSettings.Join(_settings.WebSocketUrl, "agent"), token, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new WorkerConnectionException($"the LiveKit server cannot be reached within {_options.ConnectTimeout.TotalSeconds:0.#} s");
        }
    }

    private RegisterWorkerRequest Registration() => new()
    {
        Type = (JobType)(int)_options.Kind,
        AgentName = _options.AgentName,
        Version = _options.Version,
        AllowedPermissions = new ParticipantPermission
        {
            CanPublish = true,
            CanSubscribe = true,
            CanPublishData = true,
            CanUpdateMetadata = true,
            Agent = true,
        },
    };

    private void Receive(ServerMessage message, CancellationToken link)
    {
        switch (message.MessageCase)
        {
            case ServerMessage.MessageOneofCase.Availability when message.Availability.Job is { } job:
                _jobs.Offer(job, IsOverloaded, link);
                break;
            case ServerMessage.MessageOneofCase.Assignment:
                _jobs.Assign(message.Assignment);
                break;
            case ServerMessage.MessageOneofCase.Termination:
                _jobs.Terminate(message.Termination.JobId);
                break;
            default:
                // A pong has done its duty by coming; a newer server may say more than we know.
                break;
        }
    }

    private UpdateWorkerStatus Status(bool isMeasured)
    {
        if (isMeasured)
        {
            _load.Measure();
        }

        var isFull = IsFull;
        if (isFull != _saidFull && !_drain.IsDraining)
        {
            _saidFull = isFull;
            _logger.FullnessChanged(isFull, _load.Current, _places.All.Count);
        }

        return new UpdateWorkerStatus
        {
            Status = isFull ? WorkerStatus.WsFull : WorkerStatus.WsAvailable,
            Load = (float)(isFull ? _load.Current : Math.Min(_load.Current, HighestAvailableLoad)),
            JobCount = (uint)_places.All.Count,
        };
    }

    private async Task PauseAsync(WorkerConnectionException error, int attempt, CancellationToken ct)
    {
        var growing = TimeSpan.FromTicks(Math.Min(_options.ReconnectStep.Ticks * attempt, _options.LongestReconnectPause.Ticks));
        var pause = error.IsRefused ? _options.RefusedPause : growing;
        if (error.IsRefused)
        {
            _logger.KeyRefused(error.Message, pause);
        }
        else
        {
            _logger.Disconnected(error.Message, pause);
        }

        Set(state => state with { Phase = WorkerPhase.Connecting, IsConnected = false, LastError = error.Message });
        await Task.Delay(pause, _time, ct);
    }

    private void Set(Func<WorkerState, WorkerState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }

        StateChanged?.Invoke(State);
    }

    private void Changed()
    {
        Volatile.Read(ref _link)?.Changed();
        StateChanged?.Invoke(State);
    }
}

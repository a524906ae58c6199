using Aico.Host.Api.Sessions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Hosts;
using Aico.Host.LiveKit.Worker;

namespace Aico.Host.Cli.Serve;

/// <summary>How this process is, for its backend and for its own API. Safe from any thread.</summary>
/// <param name="request">What it was asked to serve.</param>
/// <param name="calls">Its calls.</param>
/// <param name="worker">Null: it has no agents.</param>
/// <param name="places">Calls at one time.</param>
/// <param name="time">The clock.</param>
internal sealed class OwnStatus(ServeRequest request, RoomCallRegistry calls, AgentWorker? worker, int places, TimeProvider time)
{
    // Processor time is measured from one sample to the next, whoever asks.
    private static readonly TimeSpan _sampleAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly string _id = $"{HostNames.Of(request.CallHost).Replace('/', '-')}-{Guid.NewGuid().ToString("n")[..12]}";
    private ProcessSample _sample = ProcessSample.Take();
    private long _sampled = time.GetTimestamp();
    private double _cores;

    public bool HasAgents => worker is not null;

    /// <summary>Said by a host without a worker of its own; a worker's state says it otherwise.</summary>
    public bool IsDraining { get; set; }

    /// <summary>LiveKit's native library says it some time after it was started; null: it has not, or there is none.</summary>
    public string? NativeVersion { get; set; }

    /// <summary>Ends a call of this process; nothing where it has ended.</summary>
    public void End(string sessionId) => calls.End(sessionId);

    public HostStatus Take()
    {
        var (sample, cores) = Sample();
        var state = worker?.State;
        return new HostStatus
        {
            Id = _id,
            Name = HostNames.Of(request.CallHost),
            ProcessId = Environment.ProcessId,
            CallHost = request.CallHost,
            Role = worker is null ? "api" : request.Role.ToString().ToLowerInvariant(),
            Version = HostVersion.Text,
            NativeVersion = NativeVersion,
            Started = _started,
            Phase = Phase(state),
            Calls = state?.ActiveJobs.Count ?? 0,
            CallLimit = worker is null ? 0 : places,
            CallsServed = calls.Begun,
            Load = state?.Load ?? 0,
            ResidentBytes = sample.ResidentBytes,
            CpuCores = cores,
            Threads = sample.Threads,
            Handles = sample.Handles,
            LastError = state?.LastError,
            Sessions = worker is null ? [] : [.. calls.Live.Select(call => call.Info).Where(call => call.OrganizationId.Length > 0).Take(RunningSession.Most).Select(SessionView.Running)],
        };
    }

    private HostPhase Phase(WorkerState? state) => state switch
    {
        null => IsDraining ? HostPhase.Draining : HostPhase.Serving,
        { Phase: WorkerPhase.Draining } => HostPhase.Draining,
        { Phase: WorkerPhase.Stopped } => HostPhase.Stopped,
        { IsConnected: true } => HostPhase.Serving,
        _ => HostPhase.Connecting,
    };

    private (ProcessSample Sample, double Cores) Sample()
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_sampled);
            if (elapsed >= _sampleAge)
            {
                var sample = ProcessSample.Take();
                _cores = (sample.CpuSeconds - _sample.CpuSeconds) / elapsed.TotalSeconds;
                (_sample, _sampled) = (sample, time.GetTimestamp());
            }

            return (_sample, _cores);
        }
    }
}

using Aico.Host.Api.Health;
using Aico.Host.Calls.Rooms;
using Aico.Host.Plugins;
using Aico.Host.Storage;
using Aico.Host.Telemetry;
using Aico.Host.Telemetry.Live;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>What a serving process tells of itself: made before what it looks at, which is filled in when it is there.</summary>
internal sealed class ServeTelemetry : IDisposable
{
    // A store that does not answer within this is none for a caller of the API either.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);

    private readonly AicoHost _host;
    private readonly IStore? _store;
    private readonly TimeProvider _time;
    private ServeUsage? _usage;
    private AgentService? _service;

    private ServeTelemetry(ServePlan plan, ServeRole role, AicoHost host, IStore? store, RoomCallRegistry calls, ILoggerFactory loggers, TimeProvider time)
    {
        (_host, _store, _time) = (host, store, time);
        Host = new HostTelemetry(
            Settings(plan),
            new HostReadings
            {
                Version = HostVersion.Text,
                Role = CliJson.Name(role),
                Calls = () => calls.Live,
                Outages = () => host.Health.Outages,
                Providers = () => [.. host.Catalog.Definitions.Select(definition => definition.Key)],
                Plugins = () => (Count(PluginState.Loaded), Count(PluginState.Rejected)),
                DatabaseQueue = store is null ? null : () => store.Waiting,
                LostUsage = () => _usage?.Lost ?? 0,
                NativeHandles = () => _service?.LiveHandles,
                Worker = () => _service is { } service ? new WorkerReading(service.Worker.State, plan.Worker.Places) : null,
            },
            time,
            loggers);
    }

    public HostTelemetry Host { get; }

    /// <summary>What /readyz looks at beside the worker's connection.</summary>
    public IReadOnlyList<ReadinessCheck> Checks => _store is null ? [Plugins, Headroom] : [Database, Plugins, Headroom];

    /// <param name="plan">Says where to send it.</param>
    /// <param name="role">What this process serves.</param>
    /// <param name="host">Its providers and plugins.</param>
    /// <param name="store">Null where this host has none.</param>
    /// <param name="calls">Its calls.</param>
    /// <param name="loggers">For what does not keep up.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CliException">A variable cannot be understood.</exception>
    public static ServeTelemetry Open(ServePlan plan, ServeRole role, AicoHost host, IStore? store, RoomCallRegistry calls, ILoggerFactory loggers, TimeProvider time) =>
        new(plan, role, host, store, calls, loggers, time);

    /// <summary>The rest of what it looks at.</summary>
    public void LooksAt(ServeUsage usage, AgentService? service) => (_usage, _service) = (usage, service);

    /// <summary>It looks no more at what is closed before it.</summary>
    public void Dispose()
    {
        (_usage, _service) = (null, null);
        Host.Dispose();
    }

    private ReadinessCheck Database => new("database", IsForApi: true, async ct =>
    {
        using var timeout = new CancellationTokenSource(StoreTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            // A job that has begun is not given up by its token.
            await _store!.RevisionAsync(either.Token).AsTask().WaitAsync(either.Token);
            return null;
        }
        catch (StoreUnavailableException)
        {
            return "The database cannot be read; the log says why.";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "The database does not answer.";
        }
    });

    private ReadinessCheck Plugins => new("plugins", IsForApi: true, _ =>
        ValueTask.FromResult(_host.Catalog.Definitions.Count == 0 ? "No plugin is loaded: there are no providers." : null));

    private ReadinessCheck Headroom => new("headroom", IsForApi: false, _ =>
        ValueTask.FromResult(_service?.Worker.State is { IsFull: true } ? "The host is full and takes no more calls for now." : null));

    private int Count(PluginState state) => _host.Catalog.Plugins.Count(plugin => plugin.State == state);

    private static TelemetrySettings Settings(ServePlan plan)
    {
        try
        {
            return TelemetrySettings.Of(plan.Environment);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message);
        }
    }
}

using Aico.Abstractions;
using Aico.Host.Api;
using Aico.Host.Api.Backend;
using Aico.Host.Api.Sessions;
using Aico.Host.Api.Status;
using Aico.Host.Api.Tokens;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.Cli.Talk;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Resolution;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>Runs <c>aico serve</c> from the request to the exit code.</summary>
internal sealed partial class ServeRunner(Func<AicoHostOptions, AicoHost> openHost, TimeProvider time)
{
    public async Task<int> RunAsync(ServeRequest request, CancellationToken ct)
    {
        var plan = ServePlan.Of(request, HostVersion.Text);
        using var signals = new ServeSignals();
        using var orders = CallHostOrders.Of(request);
        using var loggers = ServeLogging.Create(request.JsonLogs, request.Verbose);
        var logger = loggers.CreateLogger<ServeRunner>();
        using var manager = ServiceManager.Take(time, loggers.CreateLogger<ServiceManager>());
        await using var host = openHost(new AicoHostOptions { LoggerFactory = loggers, TimeProvider = time, WatchPlugins = true, DescribesSettingsLater = true, Egress = plan.Egress });
        LogStart(logger, HostVersion.Text, System.Environment.ProcessId);
        await using var organizations = await ServeOrganizations.OpenAsync(plan, request, host, loggers, time, ct);
        var agents = organizations.Agents;
        await AnnounceAsync(organizations, plan, request.Role, logger, ct);

        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, signals.Drain, orders?.Drain ?? CancellationToken.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Stop, orders?.Stop ?? CancellationToken.None);
        var registry = new RoomCallRegistry(time);
        await using var keeper = Keeper(plan, organizations, host, registry, loggers);
        using var telemetry = ServeTelemetry.Open(plan, request.Role, host, organizations.Store, registry, loggers, time);
        await using var usage = ServeUsage.Open(plan, host, organizations, telemetry.Host.Used, loggers, time);
        LogLine(logger, usage.Description);
        var reload = new ServeReload(plan, request, host, organizations, usage, loggers.CreateLogger<ServeReload>());
        signals.OnReload(() => manager.Reload(reload.Run));
        using var stopping = both.Token.Register(() => manager.Stopping(plan.Worker.LongestEnd));
        var liveKit = plan.LiveKit is { } settings ? new LiveKitApi(settings, host.Http, time) : null;
        await using var service = request.Role != ServeRole.Api && plan is { LiveKit: not null, CallHosts: null }
            ? AgentService.Open(new AgentServiceOptions
            {
                LiveKit = plan.LiveKit,
                Api = liveKit!,
                Worker = plan.Worker,
                Agents = agents,
                Registry = registry,
                Recorder = call => new CallObservers(usage.Account.Open(call), telemetry.Host.Open(call)),
                LibraryPath = FfiLibrary.PathFor(host.Options.HostFolder, plan.Environment.GetValueOrDefault(FfiLibrary.PathVariable)),
                Time = time,
                Loggers = loggers,
            })
            : null;
        telemetry.LooksAt(usage, service);
        if (telemetry.Host.Description is { } exported)
        {
            LogLine(logger, exported);
        }

        // It says its version a second after its start: nobody waits for that but the worker.
        var version = service?.CheckLibraryAsync(both.Token);
        var status = new OwnStatus(request, registry, service?.Worker, plan.Worker.Places, time);
        await using var hosts = ServeHosts.Open(plan, request, host, status, telemetry.Host.Meter, loggers, time);
        var services = Services(plan, organizations, host, registry, liveKit, service, hosts, loggers) with
        {
            Checks = telemetry.Checks,
            IsStopping = () => both.IsCancellationRequested,
            Telemetry = new ApiTelemetry(telemetry.Host.Status, telemetry.Host.WriteMetrics),
        };
        await using var api = await ApiServer.StartAsync(plan.Api with { IsHealthOnly = request.Role == ServeRole.Agent }, services, both.Token);
        LogListening(logger, api.Address);
        manager.Ready(service?.Worker);
        if (plan.CallHosts is { } policy)
        {
            return await hosts.SuperviseAsync(policy, api.Address, both.Token, stop.Token);
        }

        using var orphaned = orders?.Orphaned.Register(() => _ = service!.Worker.DrainAsync(TimeSpan.Zero));
        try
        {
            if (version is not null)
            {
                await WarmUpAsync(agents, plan.OrganizationId, logger, both.Token);
                status.NativeVersion = await version;
                LogNative(logger, status.NativeVersion);
            }
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // Told to end before it took a call.
            return ExitCode.Ok;
        }

        // After the start, which would be half a second longer; who asks for one of them meanwhile waits for that one.
        var describing = Task.Run(host.DescribeSettings, CancellationToken.None);
        var exit = service is null ? await WaitAsync(both.Token) : await ServeAsync(service, logger, stop.Token, both.Token);
        await describing;
        return exit;
    }

    // Sessions that have ended are kept in this host's store, or sent to the host that has one.
    private IAsyncDisposable? Keeper(ServePlan plan, ServeOrganizations organizations, AicoHost host, RoomCallRegistry registry, ILoggerFactory loggers) =>
        organizations.Store is { } store ? new SessionKeeper(registry, store, new SessionOwner(organizations.Cache), loggers.CreateLogger<SessionKeeper>())
        : plan is { Configuration.Backend: { } backend, Api.Key: { } key } ? new SessionSender(
            registry, new BackendDelivery("sessions", backend, key, host.Http, time, loggers.CreateLogger<BackendDelivery>()), time, loggers.CreateLogger<SessionSender>())
        : null;

    private static async Task<int> ServeAsync(AgentService service, ILogger logger, CancellationToken stop, CancellationToken drain)
    {
        var working = service.Worker.RunAsync(stop);
        var asked = WaitAsync(drain);
        var first = await Task.WhenAny(working, asked, service.Broken);
        if (first == service.Broken)
        {
            LogBroken(logger, await service.Broken);
            await service.Worker.DrainAsync(TimeSpan.Zero);
            await working;
            return ExitCode.NativeBroken;
        }

        if (first == asked)
        {
            LogDraining(logger, service.Worker.State.ActiveJobs.Count);
            await service.Worker.DrainAsync();
        }

        await working;
        return ExitCode.Ok;
    }

    private static async Task<int> WaitAsync(CancellationToken ct)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(signal.SetResult);
        await signal.Task;
        return ExitCode.Ok;
    }

    // The first caller would otherwise wait for models to load and code to be compiled.
    private static async Task WarmUpAsync(OrganizationAgents agents, string organizationId, ILogger logger, CancellationToken ct)
    {
        try
        {
            await using var lease = await agents.LeaseAsync(organizationId, null, ct);
            await WarmUp.RunAsync(await agents.PlanAsync(organizationId, ct), lease.Providers, ct);
        }
        catch (UnknownOrganizationException)
        {
            // Calls name their organization; there is none to warm up for.
        }
        catch (ProviderException e)
        {
            // It can be mended while the host runs.
            LogWarning(logger, e.Message);
        }
    }

    private ApiServices Services(
        ServePlan plan, ServeOrganizations organizations, AicoHost host, RoomCallRegistry registry, LiveKitApi? api, AgentService? service, ServeHosts hosts, ILoggerFactory loggers)
    {
        ApiLiveKit? liveKit = null;
        if (plan.LiveKit is { } settings && api is not null)
        {
            var tokens = new TokenIssuer(settings, time);
            liveKit = new ApiLiveKit(
                settings,
                plan.Worker.AgentName,
                tokens,
                new WebhookVerifier(new TokenVerifier(settings, time)),
                new SessionStarter(api, tokens, registry, plan.Worker.AgentName, time, loggers.CreateLogger<SessionStarter>()),
                new LiveKitAdministration(api));
        }

        return new ApiServices
        {
            Agents = organizations.Agents,
            Calls = registry,
            LiveKit = liveKit,
            Problems = () => [.. Problems(service), .. hosts.Problems()],
            IsBroken = () => service?.Broken.IsCompleted ?? false,
            Loggers = loggers,
            Time = time,
            Configuration = organizations is { Store: { } store, Changes: { } changes, Keys: { } keys }
                ? new ApiConfiguration(host.Catalog, host.Providers, organizations.Cache, organizations.Source, changes, keys, store) { Files = () => organizations.Files?.Files ?? [] }
                : null,
            Authenticators = [.. hosts.Authenticators(), .. Authenticators(organizations.Keys, organizations.Cache, plan.Jwt is { } jwt ? new JwtCallers(jwt, host.Http, time) : null)],
            Backend = organizations.Feed is { } feed ? new ApiBackend(organizations.Source, feed, plan.Api.Key) { RunKey = hosts.RunKey } : null,
            Hosts = hosts.Registry,
        };
    }

    /// <summary>Who may have a token: a key of an organization is looked for first, since it asks nobody else.</summary>
    internal static List<Func<string, CancellationToken, ValueTask<ApiCaller?>>> Authenticators(ApiKeys? keys, OrganizationCache cache, JwtCallers? tokens)
    {
        var authenticators = new List<Func<string, CancellationToken, ValueTask<ApiCaller?>>>();
        if (keys is not null)
        {
            // Keys outlive the file that describes their organization: without it they open nothing.
            authenticators.Add(async (token, ct) =>
                await keys.AuthenticateAsync(token, ct) is { } key && await cache.FindAsync(key.OrganizationId, AgentProfiles.DefaultName, ct) is not null ? ApiCaller.Of(key) : null);
        }

        if (tokens is not null)
        {
            authenticators.Add(tokens.AuthenticateAsync);
        }

        return authenticators;
    }

    private static IReadOnlyList<string> Problems(AgentService? service) => service?.Worker.State switch
    {
        null => [],
        { Phase: WorkerPhase.Draining or WorkerPhase.Stopped } => ["The host is being stopped and takes no more calls."],
        { IsConnected: false } state => [state.LastError is { } error ? $"Not registered at the LiveKit server: {error}." : "Not registered at the LiveKit server yet."],
        _ => [],
    };

    private static async Task AnnounceAsync(ServeOrganizations organizations, ServePlan plan, ServeRole role, ILogger logger, CancellationToken ct)
    {
        foreach (var line in organizations.Describe())
        {
            LogLine(logger, line);
        }

        foreach (var warning in UnknownVariables.Warnings(plan.Environment).Concat(await organizations.WarningsAsync(ct)))
        {
            LogWarning(logger, warning);
        }

        if (plan.LiveKit is null)
        {
            LogNoLiveKit(logger);
            return;
        }

        if (plan.LiveKit.IsSecretTooShort)
        {
            LogWarning(logger, $"{LiveKitSettings.SecretVariable} is shorter than {LiveKitSettings.ShortestSafeSecret} characters: whoever sees a token can find it out. For development only.");
        }

        if (role != ServeRole.Api)
        {
            LogAgent(logger, plan.Worker.AgentName.Length == 0 ? "every room" : $"rooms that ask for \"{plan.Worker.AgentName}\"");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "AICO {Version}, process {ProcessId}")]
    private static partial void LogStart(ILogger logger, string version, int processId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Agents join {Rooms}")]
    private static partial void LogAgent(ILogger logger, string rooms);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Information, Message = "LiveKit's native library {Version} is loaded")]
    private static partial void LogNative(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "The API listens on {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No LiveKit server is set (LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET): this host serves the API alone and takes no calls")]
    private static partial void LogNoLiveKit(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: no more calls are taken, {Calls} go on; a second signal ends them at once")]
    private static partial void LogDraining(ILogger logger, int calls);

    [LoggerMessage(Level = LogLevel.Critical, Message = "LiveKit's native library broke, the host ends and must be started again: {Panic}")]
    private static partial void LogBroken(ILogger logger, string panic);
}

using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.Hosts;
using Aico.Host.Providers.Egress;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>
/// What a serving process has to do with others: it tells its backend how it is, knows the hosts that tell it the same, and keeps its call hosts
/// running.
/// </summary>
internal sealed class ServeHosts : IAsyncDisposable
{
    // What a supervisor of the system says to this process is not meant for those that it starts.
    private static readonly string[] _ownVariables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS"];

    private readonly ServePlan _plan;
    private readonly ServeRequest _request;
    private readonly OwnStatus _own;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly HostReporter? _reporter;

    private ServeHosts(ServePlan plan, ServeRequest request, AicoHost host, OwnStatus own, Meter meter, ILoggerFactory loggers, TimeProvider time)
    {
        (_plan, _request, _own, _loggers, _time) = (plan, request, own, loggers, time);
        if (plan.Configuration.Backend is null)
        {
            Registry = new HostRegistry(time) { Own = own.Take };
            HostMetrics.Add(meter, Registry);
            RunKey = plan.CallHosts is null ? null : new Secret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }
        else if (plan.Api.Key is { } key && own.HasAgents)
        {
            _reporter = new HostReporter(plan.Configuration.Backend, key, host.Http, own.Take, own.End, time, loggers.CreateLogger<HostReporter>());
        }
    }

    /// <summary>Null where this host has a backend, which knows them.</summary>
    public HostRegistry? Registry { get; }

    /// <summary>What the call hosts of this run may ask this host with; null where there are none.</summary>
    public Secret? RunKey { get; }

    /// <param name="plan">Says whether there is a backend, and call hosts.</param>
    /// <param name="request">What call hosts are asked for too.</param>
    /// <param name="host">Its connections are used.</param>
    /// <param name="own">How this process is.</param>
    /// <param name="meter">Gets their numbers.</param>
    /// <param name="loggers">For what happens to hosts.</param>
    /// <param name="time">The clock.</param>
    public static ServeHosts Open(ServePlan plan, ServeRequest request, AicoHost host, OwnStatus own, Meter meter, ILoggerFactory loggers, TimeProvider time) =>
        new(plan, request, host, own, meter, loggers, time);

    /// <summary>Who has the key of this run.</summary>
    public IEnumerable<Func<string, CancellationToken, ValueTask<ApiCaller?>>> Authenticators()
    {
        if (RunKey is { } key)
        {
            var expected = SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()));
            yield return (token, _) => ValueTask.FromResult(
                CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(token))) ? new ApiCaller("call-host", null, []) : null);
        }
    }

    /// <summary>What keeps the call hosts from taking calls, for people; empty where there are none or one of them takes calls.</summary>
    public IReadOnlyList<string> Problems()
    {
        if (_plan.CallHosts is null || Registry is null)
        {
            return [];
        }

        var hosts = Registry.List().Where(host => host.Status.CallHost is not null).ToList();
        return _own.IsDraining ? ["The host is being stopped and takes no more calls."]
            : hosts.Exists(host => host is { Status.Phase: HostPhase.Serving, IsStale: false }) ? []
            : hosts.Select(host => host.Status.LastError).FirstOrDefault(error => error is not null) is { } error ? [$"Not registered at the LiveKit server: {error}."]
            : ["No call host is registered at the LiveKit server yet."];
    }

    /// <summary>Starts the call hosts and keeps them running, until a token ends them; returns the exit code.</summary>
    /// <param name="policy">Of the plan.</param>
    /// <param name="api">Where this host's API listens.</param>
    /// <param name="drain">Lets calls go on to the limit.</param>
    /// <param name="stop">Ends them at once.</param>
    public async Task<int> SuperviseAsync(CallHostPolicy policy, Uri api, CancellationToken drain, CancellationToken stop)
    {
        var logger = _loggers.CreateLogger<CallHostSupervisor>();
        await using var draining = drain.Register(() =>
        {
            _own.IsDraining = true;
            CallHostLog.Draining(logger);
        });
        var launcher = new CallHostLauncher(Arguments(policy), Variables(api), _ownVariables, new CallHostLines(Console.Out, _request.JsonLogs, logger));
        return await new CallHostSupervisor(policy, launcher, Registry!, _time, logger).RunAsync(drain, stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reporter is not null)
        {
            await _reporter.DisposeAsync();
        }
    }

    private List<string> Arguments(CallHostPolicy policy)
    {
        // Together they take as many calls as one process did.
        var places = (_request.MaxCalls + policy.Count - 1) / policy.Count;
        return [.. _request.Inherited, "--role=agent", "--host=127.0.0.1", "--port=0", string.Create(CultureInfo.InvariantCulture, $"--max-calls={places}")];
    }

    private Dictionary<string, string> Variables(Uri api)
    {
        var address = IPAddress.TryParse(api.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(api) { Host = ip.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri
            : api;
        var variables = new Dictionary<string, string>
        {
            [ConfigurationSettings.BackendVariable] = address.GetLeftPart(UriPartial.Authority),
            [ServePlan.KeyVariable] = RunKey!.Reveal(),
            [CallHostPlan.Variable] = "0",
        };
        if (_plan.Api.Key is null)
        {
            // Where this host has no key its loopback address is allowed; call hosts have one.
            variables[EgressPolicy.Variable] = string.Join(',', new[] { _plan.Environment.GetValueOrDefault(EgressPolicy.Variable), "127.0.0.0/8", "::1/128" }.Where(entry => entry is { Length: > 0 }));
        }

        return variables;
    }
}

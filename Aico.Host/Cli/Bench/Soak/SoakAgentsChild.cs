using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Rooms;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Bench.Rooms;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>The process that is measured: all of <c>aico serve</c> but the API, with stand-ins for providers that fail at random, and a database.</summary>
internal sealed class SoakAgentsChild(AicoHost host) : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    // Providers that fail are what this is about: the log would say nothing else.
    private readonly ILoggerFactory _loggers = NullLoggerFactory.Instance;
    private readonly RoomCallRegistry _registry = new(TimeProvider.System);
    private readonly ProviderHealth _health = new(TimeProvider.System, NullLogger<ProviderHealth>.Instance);
    private readonly CancellationTokenSource _stop = new();
    private IVoiceActivityDetector? _voiceActivity;
    private AgentService? _service;
    private SoakStore? _store;
    private (SoakFaults First, SoakFaults Second) _faults;
    private Task _working = Task.CompletedTask;

    public async Task<JsonObject> AnswerAsync(string verb, JsonObject request, CancellationToken ct)
    {
        switch (verb)
        {
            case "open":
                await OpenAsync(request["agentName"]!.GetValue<string>(), request["places"]!.GetValue<int>(), request["faults"]!.GetValue<double>(), ct);
                return [];
            case "sample":
                return SoakSample.Take(
                    _registry.Begun, _registry.List().Count(call => call.Ended is null), _service!.LiveHandles, _store!.Bytes, _faults.First.Injected + _faults.Second.Injected).ToJson();
            default:
                throw new CliException($"Agents cannot {verb}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _working;
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _health.DisposeAsync();
        (_voiceActivity as IDisposable)?.Dispose();
        _stop.Dispose();
    }

    private async Task OpenAsync(string agentName, int places, double faults, CancellationToken ct)
    {
        var settings = LiveKitEnvironment.Require(CliEnvironment.Read([]));
        _faults = SoakProviders.Faults(faults);
        _store = await SoakStore.OpenAsync(_registry, TimeProvider.System, ct);
        _voiceActivity = (IVoiceActivityDetector)new EngineBenchRequest(host, "silero", [], 1, TextWriter.Null).Make(ProviderKind.VoiceActivity);
        _service = AgentService.Open(new AgentServiceOptions
        {
            LiveKit = settings,
            Api = new LiveKitApi(settings, host.Http, TimeProvider.System),
            Worker = new WorkerOptions { AgentName = agentName, Version = HostVersion.Text, Places = places, LoadThreshold = double.PositiveInfinity },
            Agents = new SoakAgents(SoakProviders.Make(_voiceActivity, _faults.First, _faults.Second, _health, TimeProvider.System)),
            Registry = _registry,
            LibraryPath = FfiLibrary.PathFor(host.Options.HostFolder, Environment.GetEnvironmentVariable(FfiLibrary.PathVariable)),
            Time = TimeProvider.System,
            Loggers = _loggers,
        });
        _working = _service.Worker.RunAsync(_stop.Token);
        var begun = TimeProvider.System.GetTimestamp();
        while (!_service.Worker.State.IsConnected)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > _patience)
            {
                throw new CliException($"The worker was not registered at the LiveKit server. {_service.Worker.State.LastError}", ExitCode.Failed);
            }

            await BenchTime.DelayAsync(10, ct);
        }
    }
}

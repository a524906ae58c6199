using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Rooms;
using Aico.Host.Cli.Agents;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The process that is measured: everything that <c>aico serve</c> has but the API, with stand-ins for the providers.</summary>
internal sealed class AgentsChild(AicoHost host) : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly ILoggerFactory _loggers = ChildLoop.Loggers();
    private readonly RoomCallRegistry _registry = new(TimeProvider.System);
    private readonly TurnWitness _turns = new();
    private readonly CancellationTokenSource _stop = new();
    private IVoiceActivityDetector? _voiceActivity;
    private AgentService? _service;
    private BenchAgents? _agents;
    private Task _working = Task.CompletedTask;

    public async Task<JsonObject> AnswerAsync(string verb, JsonObject request, CancellationToken ct)
    {
        switch (verb)
        {
            case "open":
                await OpenAsync(request, ct);
                return [];
            case "assigned":
                return new JsonObject { ["at"] = _agents!.AssignedAt(request["room"]!.GetValue<string>()) };
            case "greet":
                _agents!.Greet(request["room"]!.GetValue<string>());
                return [];
            case "ready":
                await UntilAsync(() => _registry.ReadyCallOf(request["room"]!.GetValue<string>()) is not null, "An agent did not become ready.", ct);
                return [];
            case "ended":
                await UntilAsync(() => _registry.List().All(call => call.Ended is not null || call.RoomName != request["room"]!.GetValue<string>()), "A call did not end.", ct);
                return [];
            case "turns":
                return Turns();
            case "meter":
                return ProcessMeter.Read(_service!.LiveHandles, request["collects"]!.GetValue<bool>());
            default:
                throw new CliException($"Agents cannot {verb}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _working;
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
        (_voiceActivity as IDisposable)?.Dispose();
        _loggers.Dispose();
        _stop.Dispose();
    }

    private JsonObject Turns()
    {
        var stages = _turns.TakeStages().Select(stage => KeyValuePair.Create(stage.Key, (JsonNode?)Percentiles.Of(stage.Value)!.P50));
        return new JsonObject
        {
            ["addedLatencies"] = new JsonArray([.. _turns.TakeAddedLatencies().Select(value => (JsonNode)value)]),
            ["stages"] = new JsonObject(stages),
        };
    }

    private async Task OpenAsync(JsonObject request, CancellationToken ct)
    {
        var settings = LiveKitEnvironment.Require(CliEnvironment.Read([]));
        _voiceActivity = (IVoiceActivityDetector)new EngineBenchRequest(host, "silero", [], 1, TextWriter.Null).Make(ProviderKind.VoiceActivity);
        _agents = new BenchAgents(_voiceActivity, request["fixedLatency"]!.GetValue<bool>());
        await WarmUpAsync(ct);
        _service = AgentService.Open(new AgentServiceOptions
        {
            LiveKit = settings,
            Api = new LiveKitApi(settings, host.Http, TimeProvider.System),
            Worker = new WorkerOptions
            {
                AgentName = request["agentName"]!.GetValue<string>(),
                Version = HostVersion.Text,
                Places = request["places"]!.GetValue<int>(),
                LoadThreshold = double.PositiveInfinity,
            },
            Agents = _agents,
            Registry = _registry,
            LibraryPath = FfiLibrary.PathFor(host.Options.HostFolder, Environment.GetEnvironmentVariable(FfiLibrary.PathVariable)),
            Extensions = [_turns],
            Time = TimeProvider.System,
            Loggers = _loggers,
        });
        _working = _service.Worker.RunAsync(_stop.Token);
        await UntilAsync(() => _service.Worker.State.IsConnected, "The worker was not registered at the LiveKit server.", ct);
    }

    // The floor has nothing to compile that matters; the loop's code is compiled before it is measured, as in `aico bench loop`.
    private async Task WarmUpAsync(CancellationToken ct)
    {
        var clips = await CallerClips.ReadAsync(host, ct);
        new LoopBench(new SpeechLoop(clips, TimeSpan.FromMilliseconds(3500)), "silero", _voiceActivity!, TextWriter.Null).WarmUp(ct);
    }

    private async Task UntilAsync(Func<bool> condition, string failure, CancellationToken ct)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > _patience)
            {
                throw new CliException(_service?.Worker.State.LastError is { } error ? $"{failure} {error}" : failure, ExitCode.Failed);
            }

            await BenchTime.DelayAsync(10, ct);
        }
    }
}

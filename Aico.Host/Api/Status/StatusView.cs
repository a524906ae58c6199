using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Calls;
using Aico.Host.Providers.Fallback;
using Aico.Host.Telemetry.Live;

namespace Aico.Host.Api.Status;

/// <summary>A host as /api/host shows it. No words of a conversation, no caller's name.</summary>
internal static class StatusView
{
    public static JsonObject Of(HostStatus host) => new()
    {
        ["version"] = host.Version,
        ["role"] = host.Role,
        ["processId"] = host.ProcessId,
        ["startedAt"] = host.Started,
        ["at"] = host.Now,
        ["process"] = new JsonObject
        {
            ["cpuShare"] = Math.Round(host.Process.CpuShare, 4),
            ["processors"] = host.Process.Processors,
            ["residentBytes"] = host.Process.ResidentBytes,
            ["managedBytes"] = host.Process.ManagedBytes,
            ["poolThreads"] = host.Process.PoolThreads,
            ["poolWaiting"] = host.Process.PoolWaiting,
            ["poolDelayMs"] = TurnJson.Milliseconds(host.Process.PoolDelay),
        },
        ["worker"] = host.Worker is { } worker ? Worker(worker) : null,
        ["calls"] = new JsonArray([.. host.Calls.Select(call => Call(call, host.Now))]),
        ["latencies"] = new JsonArray([.. host.Latencies.Select(Latency)]),
        ["providers"] = new JsonObject
        {
            ["count"] = host.Providers,
            ["outages"] = new JsonArray([.. host.Outages.Select(Outage)]),
        },
        ["plugins"] = new JsonObject { ["loaded"] = host.Plugins.Loaded, ["rejected"] = host.Plugins.Rejected },
        ["databaseQueue"] = host.DatabaseQueue is var (writes, reads) ? new JsonObject { ["writes"] = writes, ["reads"] = reads } : null,
    };

    private static JsonObject Worker(WorkerReading worker) => new()
    {
        ["phase"] = Name(worker.State.Phase),
        ["registered"] = worker.State.IsConnected,
        ["error"] = worker.State.LastError,
        ["activeJobs"] = worker.State.ActiveJobs.Count,
        ["reservedPlaces"] = worker.State.ReservedPlaces,
        ["places"] = worker.Places,
        ["load"] = Math.Round(worker.State.Load, 4),
        ["full"] = worker.State.IsFull,
    };

    private static JsonObject Call(CallReading call, DateTimeOffset now)
    {
        var info = call.Status.Info;
        var timings = call.Status.LastTurn?.Timings;
        return new JsonObject
        {
            ["id"] = info.Id,
            ["organizationId"] = info.OrganizationId.Length == 0 ? null : info.OrganizationId,
            ["roomName"] = info.RoomName,
            ["agent"] = info.AgentName.Length == 0 ? null : info.AgentName,
            ["startedAt"] = info.Started,
            ["ageMs"] = TurnJson.Milliseconds(now - info.Started),
            ["agentState"] = Name(info.State),
            ["callerState"] = Name(call.Status.Caller),
            ["turns"] = call.Status.Turns,
            ["lastTurn"] = timings is null ? null : new JsonObject
            {
                ["endToEndMs"] = TurnJson.Milliseconds(timings.Played - timings.EndOfSpeech),
                ["transcriptionMs"] = TurnJson.Milliseconds(timings.FinalText - timings.EndOfSpeech),
                ["endOfTurnMs"] = TurnJson.Milliseconds(timings.TurnDecided - timings.EndOfSpeech),
                ["firstAudioMs"] = TurnJson.Milliseconds(timings.FirstAudio - timings.FirstSentence),
            },
            ["providers"] = new JsonObject { ["stt"] = info.Providers.Stt, ["llm"] = info.Providers.Llm, ["tts"] = info.Providers.Tts },
            ["lateFrames"] = call.LateFrames,
            ["droppedFrames"] = call.DroppedFrames,
            ["queueAgeMs"] = TurnJson.Milliseconds(call.QueueAge),
        };
    }

    private static JsonObject Latency(LatencySummary latency) => new()
    {
        ["name"] = latency.Name,
        ["turns"] = latency.Turns,
        ["medianMs"] = TurnJson.Milliseconds(latency.Median),
        ["p95Ms"] = TurnJson.Milliseconds(latency.P95),
    };

    private static JsonObject Outage(OutageView outage) => new()
    {
        ["provider"] = outage.Provider,
        ["endpoint"] = outage.Endpoint,
        ["model"] = outage.Model,
        ["scope"] = Name(outage.Scope),
        ["phase"] = Name(outage.Phase),
        ["since"] = outage.Since,
        ["failure"] = Name(outage.Failure),
        ["message"] = outage.Message,
        ["retryInMs"] = TurnJson.Milliseconds(outage.RetryIn),
    };

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

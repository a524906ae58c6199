using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Hosts;

/// <summary>A host's status as hosts send it to their backend.</summary>
internal static class HostStatusJson
{
    private const int LongestText = 512;

    /// <summary>As a host sends it: with its calls.</summary>
    public static JsonObject WriteReport(HostStatus status)
    {
        var report = Write(status);
        report["sessions"] = new JsonArray([.. status.Sessions.Take(RunningSession.Most).Select(Write)]);
        return report;
    }

    /// <summary>Without its calls.</summary>
    public static JsonObject Write(HostStatus status) => new()
    {
        ["id"] = status.Id,
        ["name"] = status.Name,
        ["processId"] = status.ProcessId,
        ["callHost"] = status.CallHost,
        ["role"] = status.Role,
        ["version"] = status.Version,
        ["nativeVersion"] = status.NativeVersion,
        ["startedAt"] = Time(status.Started),
        ["phase"] = Phase(status.Phase),
        ["calls"] = status.Calls,
        ["callLimit"] = status.CallLimit,
        ["callsServed"] = status.CallsServed,
        ["load"] = Math.Round(status.Load, 3),
        ["residentBytes"] = status.ResidentBytes,
        ["cpuCores"] = Math.Round(status.CpuCores, 3),
        ["threads"] = status.Threads,
        ["handles"] = status.Handles,
        ["lastError"] = status.LastError is { Length: > LongestText } error ? error[..LongestText] : status.LastError,
    };

    /// <summary>Reads what a host of this or a newer version wrote; what is not known is left out.</summary>
    /// <exception cref="FormatException">It has another shape. The message is the name of the field that is wrong.</exception>
    public static HostStatus Read(JsonObject json) => new()
    {
        Id = Text(json, "id"),
        Name = Text(json, "name"),
        ProcessId = Number<int>(json, "processId"),
        CallHost = json["callHost"] is null ? null : Number<int>(json, "callHost"),
        Role = Text(json, "role"),
        Version = Text(json, "version"),
        NativeVersion = TextOrNull(json, "nativeVersion"),
        Started = Time(json, "startedAt"),
        Phase = Enum.GetValues<HostPhase>().Cast<HostPhase?>().FirstOrDefault(phase => Phase(phase!.Value) == Text(json, "phase")) ?? throw new FormatException("phase"),
        Calls = Number<int>(json, "calls"),
        CallLimit = Number<int>(json, "callLimit"),
        CallsServed = Number<long>(json, "callsServed"),
        Load = Number<double>(json, "load"),
        ResidentBytes = Number<long>(json, "residentBytes"),
        CpuCores = Number<double>(json, "cpuCores"),
        Threads = Number<int>(json, "threads"),
        Handles = json["handles"] is null ? null : Number<int>(json, "handles"),
        LastError = TextOrNull(json, "lastError"),
        Sessions = Sessions(json["sessions"]),
    };

    /// <summary>One of its calls.</summary>
    public static JsonObject Write(RunningSession session) => new()
    {
        ["id"] = session.Id,
        ["organizationId"] = session.OrganizationId,
        ["agent"] = session.Agent,
        ["configurationVersion"] = session.ConfigurationVersion,
        ["roomName"] = session.RoomName,
        ["participantIdentity"] = session.CallerIdentity,
        ["state"] = session.State,
        ["ready"] = session.IsReady,
        ["startedAt"] = Time(session.Started),
        ["turnCount"] = session.Turns,
    };

    // A host of an older version says nothing of its calls.
    private static List<RunningSession> Sessions(JsonNode? json) => json switch
    {
        null => [],
        JsonArray { Count: <= RunningSession.Most } sessions => [.. sessions.Select((session, at) => Session(session as JsonObject ?? throw new FormatException($"sessions/{at}"), at))],
        _ => throw new FormatException("sessions"),
    };

    private static RunningSession Session(JsonObject json, int at)
    {
        try
        {
            return new RunningSession
            {
                Id = Text(json, "id"),
                OrganizationId = Text(json, "organizationId"),
                Agent = Text(json, "agent"),
                ConfigurationVersion = Text(json, "configurationVersion"),
                RoomName = Text(json, "roomName"),
                CallerIdentity = TextOrNull(json, "participantIdentity"),
                State = Text(json, "state"),
                IsReady = json["ready"] is JsonValue value && value.TryGetValue(out bool ready) ? ready : throw new FormatException("ready"),
                Started = Time(json, "startedAt"),
                Turns = Number<int>(json, "turnCount"),
            };
        }
        catch (FormatException e)
        {
            throw new FormatException($"sessions/{at}/{e.Message}", e);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonObject json, string name) =>
        DateTimeOffset.TryParse(Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException(name);

    private static string Phase(HostPhase phase) => phase switch
    {
        HostPhase.Connecting => "connecting",
        HostPhase.Serving => "serving",
        HostPhase.Draining => "draining",
        _ => "stopped",
    };

    private static string Text(JsonObject json, string name) => TextOrNull(json, name) ?? throw new FormatException(name);

    private static string? TextOrNull(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) && text.Length <= LongestText => text,
        _ => throw new FormatException(name),
    };

    private static T Number<T>(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out T? number) ? number : throw new FormatException(name);
}

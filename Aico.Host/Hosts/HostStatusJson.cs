using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Hosts;

/// <summary>A host's status as hosts send it to their backend.</summary>
internal static class HostStatusJson
{
    private const int LongestText = 512;

    public static JsonObject Write(HostStatus status) => new()
    {
        ["id"] = status.Id,
        ["name"] = status.Name,
        ["processId"] = status.ProcessId,
        ["callHost"] = status.CallHost,
        ["role"] = status.Role,
        ["version"] = status.Version,
        ["nativeVersion"] = status.NativeVersion,
        ["startedAt"] = status.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
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
        Started = DateTimeOffset.TryParse(Text(json, "startedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var started)
            ? started
            : throw new FormatException("startedAt"),
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
    };

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

using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli;

/// <summary>Hosts as <c>GET /api/hosts</c> lists them, for people.</summary>
internal static class HostTable
{
    /// <param name="hosts">The list.</param>
    /// <param name="now">For how long they have been there.</param>
    /// <exception cref="InvalidOperationException">The list is of another version.</exception>
    public static CliTable Of(JsonArray hosts, DateTimeOffset now)
    {
        var table = new CliTable("HOST", "ROLE", "PROCESS", "STATE", "CALLS", "SERVED", "LOAD", "CPU", "MEMORY", "THREADS", "HANDLES", "UP", "RESTARTS", "VERSION");
        foreach (var host in hosts.Select(host => host!.AsObject()))
        {
            var hasAgents = Number(host, "callLimit") > 0;
            table.Add(
                [
                    Text(host, "label"), Text(host, "role"), Show(host, "processId"),
                    host["isStale"]!.GetValue<bool>() ? "silent" : Text(host, "phase"),
                    hasAgents ? $"{Show(host, "calls")}/{Show(host, "callLimit")}" : "-",
                    hasAgents ? Show(host, "callsServed") : "-",
                    hasAgents ? Number(host, "load").ToString("0.00", CultureInfo.InvariantCulture) : "-",
                    Number(host, "cpuCores").ToString("0.00", CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{Number(host, "residentBytes") / 1e6:0} MB"),
                    Show(host, "threads"),
                    host["handles"] is null ? "-" : Show(host, "handles"),
                    Up(now - DateTimeOffset.Parse(Text(host, "startedAt"), CultureInfo.InvariantCulture)),
                    host["callHost"] is null ? "-" : Show(host, "restarts"),
                    Text(host, "version"),
                ],
                host["lastError"]?.GetValue<string>());
        }

        return table;
    }

    private static string Up(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.0} d"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0} s"),
    };

    private static string Text(JsonObject host, string name) => host[name]!.GetValue<string>();

    private static double Number(JsonObject host, string name) => host[name]!.GetValue<double>();

    private static string Show(JsonObject host, string name) => host[name]!.ToJsonString();
}

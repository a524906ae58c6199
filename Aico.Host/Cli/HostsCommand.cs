using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Api;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Cli.Storage;
using Aico.Host.Hosts;

namespace Aico.Host.Cli;

/// <summary><c>aico hosts</c>: the processes that serve, as the host with the API knows them.</summary>
internal static class HostsCommand
{
    public static Command Create(TimeProvider time)
    {
        var (server, data, json) = (new ServerOption($"http://127.0.0.1:{ApiOptions.DefaultPort}"), new DataOptions(), CliJson.Option());
        var command = new Command("hosts", "Shows the hosts that serve: the one that is asked, its call hosts, and the agent hosts that have it as their backend.") { server.Server, data.EnvFiles, json };
        command.SetAction(async (parsed, ct) =>
        {
            using var api = await server.OpenAsync(parsed, data, time);
            var answer = await api!.AskAsync(HttpMethod.Get, HostAddress.List, null, ct);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, answer);
            }
            else
            {
                _ = api.Read(() => Print(output, answer, time.GetUtcNow()));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    internal static bool Print(TextWriter output, JsonObject answer, DateTimeOffset now)
    {
        var table = new CliTable("HOST", "ROLE", "PROCESS", "STATE", "CALLS", "SERVED", "LOAD", "CPU", "MEMORY", "THREADS", "HANDLES", "UP", "RESTARTS", "VERSION");
        foreach (var host in answer["hosts"]!.AsArray().Select(host => host!.AsObject()))
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

        table.Write(output);
        return true;
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

using System.CommandLine;
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
                api.Read(() => HostTable.Of(answer["hosts"]!.AsArray(), time.GetUtcNow())).Write(output);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}

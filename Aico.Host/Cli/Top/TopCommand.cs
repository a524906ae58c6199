using System.CommandLine;
using Aico.Host.Api;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Organizations.Desks;

namespace Aico.Host.Cli.Top;

/// <summary><c>aico top</c>: what a running host does, refreshed in place.</summary>
internal static class TopCommand
{
    public static Command Create(TimeProvider time)
    {
        var server = new Option<string>("--server")
        {
            Description = "The address of a running host. The key is in AICO_API_KEY, else in AICO_INTERNAL_API_KEY, of the environment or --env-file, and must be the operator's.",
            HelpName = "url",
            DefaultValueFactory = _ => FormattableString.Invariant($"http://127.0.0.1:{ApiOptions.DefaultPort}"),
        };
        var envFiles = EnvironmentOption.Create();
        var interval = new Option<double>("--interval") { Description = "How often it is refreshed.", HelpName = "seconds", DefaultValueFactory = _ => 2 };
        var once = new Option<bool>("--once") { Description = "Prints it once, and ends." };
        var json = CliJson.Option();
        var command = new Command("top", "Shows a running host's calls, latencies, providers that are out, processor and memory, until Ctrl-C.") { server, envFiles, interval, once, json };
        command.SetAction(async (parsed, ct) =>
        {
            var seconds = parsed.GetValue(interval);
            if (!(seconds is >= 0.2 and <= 3600))
            {
                throw new CliException("--interval: expected a number from 0.2 to 3600.");
            }

            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var api = await ServerOption.OpenAsync(parsed.GetRequiredValue(server), CliEnvironment.Read(parsed.GetValue(envFiles) ?? []), error, time);
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, await TopHost.ReadAsync(api, ct));
            }
            else if (parsed.GetValue(once) || Console.IsOutputRedirected)
            {
                await PrintAsync(api, output, ct);
            }
            else
            {
                await new TopTerminal(api, output, TimeSpan.FromSeconds(seconds), time).RunAsync(ct);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task PrintAsync(RemoteApi api, TextWriter output, CancellationToken ct)
    {
        var answer = await TopHost.ReadAsync(api, ct);
        foreach (var line in api.Read(() => TopScreen.Lines(answer)))
        {
            await output.WriteLineAsync(line);
        }
    }
}

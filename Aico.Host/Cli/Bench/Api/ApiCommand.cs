using System.CommandLine;

namespace Aico.Host.Cli.Bench.Api;

/// <summary><c>aico bench api</c>: what the REST API can do.</summary>
internal static class ApiCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var connections = new Option<int>("--connections") { Description = "Connections at one time, each with one request after the other.", HelpName = "count", DefaultValueFactory = _ => 16 };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure each part.", HelpName = "seconds", DefaultValueFactory = _ => 10 };
        var json = CliJson.Option();
        var command = new Command("api", """
            Asks the API for an organization's enabled providers, over loopback, and a bare Kestrel server for the same bytes in the same run; then changes a provider's settings as fast as it goes. The database is a new one in a temporary folder.
            """)
        {
            connections, seconds, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(connections) is < 1 or > 1_000)
            {
                throw new CliException("--connections: expected a count from 1 to 1000.");
            }

            if (parsed.GetValue(seconds) is not (>= 1 and <= 3_600))
            {
                throw new CliException("--seconds: expected seconds from 1 to 3600.");
            }

            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            var result = await ApiBench.RunAsync(host, host.Http, parsed.GetValue(connections), TimeSpan.FromSeconds(parsed.GetValue(seconds)), streams.Error, ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToText());
            return ExitCode.Ok;
        });
        return command;
    }
}

using System.CommandLine;

namespace Aico.Host.Cli.Bench.Chain;

/// <summary><c>aico bench chain</c>.</summary>
internal static class ChainCommand
{
    public static Command Create()
    {
        var json = CliJson.Option();
        var command = new Command("chain", "Holds typed calls with two stand-ins for language models: what a chain adds when all is well, how long a failover takes, how much traffic a dead provider still gets. About half a minute.") { json };
        command.SetAction(async (parsed, ct) =>
        {
            var streams = parsed.InvocationConfiguration;
            var result = await new ChainBench(streams.Error).RunAsync(ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToString());
            return ExitCode.Ok;
        });
        return command;
    }
}

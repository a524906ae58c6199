using System.CommandLine;
using Aico.Host.Cli.Bench;
using Aico.Host.Cli.Bench.Api;
using Aico.Host.Cli.Bench.Chain;
using Aico.Host.Cli.Bench.Organizations;
using Aico.Host.Cli.Bench.Rooms;
using Aico.Host.Cli.Bench.Soak;

namespace Aico.Host.Cli;

/// <summary>aico bench: what this machine can do.</summary>
internal static class BenchCommand
{
    public static Command Create(Func<AicoHost> openHost) => new(
        "bench",
        "Measures this machine: the call loop without its providers, the API, and the built-in providers by themselves. docs/benchmarks.md says what each figure means.")
    {
        Loop(openHost),
        ChainCommand.Create(),
        RoomsCommand.Create(openHost),
        SoakCommand.Create(openHost),
        ApiCommand.Create(openHost),
        OrganizationsCommand.Create(openHost),
        Engine("stt", "Reads human speech (Debian's pocketsphinx-testdata): time taken, words wrong, throughput of several calls at once.", "moonshine", openHost, SttBench.RunAsync),
        Engine("tts", "Speaks twenty sentences: time to the first audio, time taken, throughput of several calls at once.", "flite", openHost, TtsBench.RunAsync),
        Engine("vad", "Listens to a minute of speech: time for each window, and the callers that one core can listen to.", "silero", openHost, VadBench.RunAsync),
    };

    private static Command Loop(Func<AicoHost> openHost)
    {
        var calls = new Option<int>("--calls") { Description = "Calls at once.", HelpName = "count", DefaultValueFactory = _ => 1 };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure, after warming up.", HelpName = "seconds", DefaultValueFactory = _ => 60 };
        var telemetry = new Option<bool>("--telemetry") { Description = "Records usage, metrics and traces of the calls, as a serving host with a collector does." };
        var json = CliJson.Option();
        var command = new Command("loop", """
            Holds calls in this process with speech-to-text, language model and text-to-speech stand-ins that take no time, and real voice activity on real speech. Added latency of a turn = first audio played - (end of the caller's speech + endpointing delay that was applied): what the host itself adds. It is not cut off at zero.
            """)
        {
            calls, seconds, telemetry, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(calls) is < 1 or > 10_000)
            {
                throw new CliException("--calls: expected a count from 1 to 10000.");
            }

            if (parsed.GetValue(seconds) is not (>= 1 and <= 86_400))
            {
                throw new CliException("--seconds: expected seconds from 1 to 86400.");
            }

            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            var result = await BenchHost.RunLoopAsync(host, parsed.GetValue(calls), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(telemetry), streams.Error, ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToString());
            return result.Turns > 0 ? ExitCode.Ok : throw new CliException("No turn was answered: measure for longer.", ExitCode.Failed);
        });
        return command;
    }

    private static Command Engine(
        string kind, string description, string provider, Func<AicoHost> openHost, Func<EngineBenchRequest, CancellationToken, Task<EngineBenchResult>> run)
    {
        var key = new Option<string>("--provider") { Description = $"The provider. Default: {provider}.", HelpName = "key", DefaultValueFactory = _ => provider };
        var set = new Option<string[]>("--set") { Description = "A setting of the provider.", HelpName = "provider.setting=value", Arity = ArgumentArity.OneOrMore };
        var calls = new Option<int>("--calls") { Description = "Calls at once, for the throughput.", HelpName = "count", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = CliJson.Option();
        var command = new Command(kind, description) { key, set, calls, json };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(calls) is < 1 or > 1000)
            {
                throw new CliException("--calls: expected a count from 1 to 1000.");
            }

            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            var request = new EngineBenchRequest(host, parsed.GetValue(key)!, parsed.GetValue(set) ?? [], parsed.GetValue(calls), streams.Error);
            var result = await run(request, ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.Json.ToJsonString() : result.Text);
            return ExitCode.Ok;
        });
        return command;
    }
}

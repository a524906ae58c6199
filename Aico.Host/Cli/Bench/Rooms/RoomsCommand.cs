using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Bench.Soak;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary><c>aico bench rooms</c>: what an agent in a LiveKit room costs, and what its caller hears.</summary>
internal static class RoomsCommand
{
    private static readonly Option<int> Calls = new("--calls") { Description = "Rooms at one time, each with a caller and an agent.", HelpName = "count", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long to measure each part.", HelpName = "seconds", DefaultValueFactory = _ => 60 };
    private static readonly Option<bool> Voice = new("--voice") { Description = "Measures what a caller hears, with providers of fixed latency, instead of the cost." };
    private static readonly Option<int> Cycles = new("--cycles") { Description = "Joins and leaves so many rooms one after the other, and measures the memory that stays. Default: none.", HelpName = "count", DefaultValueFactory = _ => 0 };
    private static readonly Option<string[]> EnvFiles = EnvironmentOption.Create();

    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var command = new Command("rooms", """
            Holds calls in rooms of the LiveKit server that LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET name. Agents and callers are processes of their own. Cost is compared with the floor: LiveKit's native library publishing and receiving as much audio with no agent in between.
            """)
        {
            Calls, Seconds, Voice, Cycles, EnvFiles, json,
            Child("agents", openHost, host => new AgentsChild(host), (child, verb, request, ct) => child.AnswerAsync(verb, request, ct)),
            Child("callers", openHost, host => new CallersChild(host), (child, verb, request, ct) => child.AnswerAsync(verb, request, ct)),
            Child(SoakCommand.AgentsRole, openHost, host => new SoakAgentsChild(host), (child, verb, request, ct) => child.AnswerAsync(verb, request, ct)),
            Child("floor", openHost, host => new FloorChild(host), (child, verb, request, ct) => child.AnswerAsync(verb, request, ct)),
        };
        command.SetAction(async (parsed, ct) =>
        {
            var request = Request(parsed);
            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            IRoomsResult result = parsed.GetValue(Voice)
                ? await new VoiceBench(host, streams.Error).RunAsync(request, ct)
                : await new CostBench(host, streams.Error).RunAsync(request, ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToText());
            return ExitCode.Ok;
        });
        return command;
    }

    private static RoomsRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(Calls) is < 1 or > 500)
        {
            throw new CliException("--calls: expected a count from 1 to 500.");
        }

        if (parsed.GetValue(Seconds) is not (>= 10 and <= 86_400))
        {
            throw new CliException("--seconds: expected seconds from 10 to 86400.");
        }

        if (parsed.GetValue(Cycles) is < 0 or > 10_000 or (> 0 and < 5))
        {
            throw new CliException("--cycles: expected a count from 5 to 10000.");
        }

        var liveKit = LiveKitEnvironment.Require(CliEnvironment.Read(parsed.GetValue(EnvFiles) ?? []));
        return new RoomsRequest(liveKit, parsed.GetValue(Calls), TimeSpan.FromSeconds(parsed.GetValue(Seconds)), parsed.GetValue(Cycles));
    }

    private static Command Child<T>(
        string role, Func<AicoHost> openHost, Func<AicoHost, T> make, Func<T, string, JsonObject, CancellationToken, Task<JsonObject>> answer)
        where T : IAsyncDisposable
    {
        var command = new Command(role, "Part of the bench; started by it.") { Hidden = true };
        command.SetAction(async (parsed, ct) =>
        {
            await using var host = openHost();
            await using var child = make(host);
            return await ChildLoop.RunAsync(
                Console.In, parsed.InvocationConfiguration.Output, (verb, request, stop) => answer(child, verb, request, stop), ct);
        });
        return command;
    }
}

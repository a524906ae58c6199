using System.CommandLine;
using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary><c>aico bench soak</c>: what calls leave behind, over a long time.</summary>
internal static class SoakCommand
{
    /// <summary>The hidden sub-command of <c>aico bench rooms</c>, where the bench's processes are.</summary>
    public const string AgentsRole = "soak-agents";

    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long calls are begun.", HelpName = "minutes", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> Calls = new("--calls") { Description = "Calls at one time.", HelpName = "count", DefaultValueFactory = _ => 4 };
    private static readonly Option<double> Faults = new("--faults") { Description = "Share of the requests to each first provider that suffer, 0 to 1; of the second a quarter of that.", HelpName = "share", DefaultValueFactory = _ => 0.15 };
    private static readonly Option<bool> Loop = new("--loop") { Description = "The call loop in this process, also where there is a LiveKit server." };
    private static readonly Option<string?> Svg = new("--svg") { Description = "Writes a plot.", HelpName = "file" };
    private static readonly Option<string[]> EnvFiles = EnvironmentOption.Create();

    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var command = new Command("soak", """
            Holds calls of random length with providers that fail at random, and watches memory, handles, sockets, threads and the database: in rooms of the LiveKit server that LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET name, else in this process. Exit code 1 where something grows with every call beyond its limit.
            """)
        {
            Minutes, Calls, Faults, Loop, Svg, EnvFiles, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var request = Request(parsed);
            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            await using ISoakSide side = request.LiveKit is null ? await SoakLoop.OpenAsync(request, host, ct) : await SoakRooms.OpenAsync(request, host, ct);
            var result = await new SoakBench(side, TimeProvider.System, new Random(1), streams.Error).RunAsync(request.Calls, request.Duration, ct);
            if (parsed.GetValue(Svg) is { } file)
            {
                await File.WriteAllTextAsync(file, SoakPlot.Draw(result), ct);
            }

            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToText());
            return result.Holds && result.Answered > 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static SoakRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(Minutes) is not (>= 0.5 and <= 10_080))
        {
            throw new CliException("--minutes: expected minutes from 0.5 to 10080.");
        }

        if (parsed.GetValue(Calls) is < 1 or > 500)
        {
            throw new CliException("--calls: expected a count from 1 to 500.");
        }

        if (parsed.GetValue(Faults) is not (>= 0 and <= 1))
        {
            throw new CliException("--faults: expected a share from 0 to 1.");
        }

        var liveKit = parsed.GetValue(Loop) ? null : LiveKitEnvironment.Find(CliEnvironment.Read(parsed.GetValue(EnvFiles) ?? []));
        return new SoakRequest(liveKit, parsed.GetValue(Calls), TimeSpan.FromMinutes(parsed.GetValue(Minutes)), parsed.GetValue(Faults));
    }
}

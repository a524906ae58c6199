using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Measures what callers hear of agents whose providers take a fixed time, after the room's own round trip in the same run.</summary>
internal sealed class VoiceBench(AicoHost host, TextWriter progress)
{
    private const double SettleSeconds = 5;
    private const double EchoSeconds = 15;

    // One after the other: each has the machine for itself.
    private const int Greetings = 10;

    public async Task<IRoomsResult> RunAsync(RoomsRequest request, CancellationToken ct)
    {
        await using var server = new BenchServer(request.LiveKit, host);
        await using var callers = BenchChild.Start("callers", new Dictionary<string, string>());
        var speech = await callers.AskAsync("open", null, ct);
        await progress.WriteLineAsync($"callers say {speech["clips"]} utterances");

        ConversationResult echoes;
        await using (var child = BenchChild.Start("floor", new Dictionary<string, string>()))
        {
            await child.AskAsync("open", new JsonObject { ["cycleMs"] = speech["cycleMs"]!.GetValue<double>() }, ct);
            echoes = await TalkAsync(new FloorSide(server, callers, child, echoes: true), callers, request.Calls, "echo", EchoSeconds, ct);
        }

        await using var agents = BenchChild.Start("agents", server.Variables);
        await progress.WriteLineAsync("agents: warming up");
        await agents.AskAsync("open", new JsonObject { ["agentName"] = server.Name, ["places"] = request.Calls + 5, ["fixedLatency"] = true }, ct);
        var side = new AgentSide(server, callers, agents, []);
        var greetings = await GreetAsync(side, ct);
        var heard = await TalkAsync(side, callers, request.Calls, "voice", request.Duration.TotalSeconds, ct);
        return new RoomsResult(request.Calls, request.Duration.TotalSeconds, VoiceFigures.Of(echoes, greetings, heard, await StagesAsync(agents, ct)));
    }

    private async Task<IReadOnlyList<double?>> GreetAsync(AgentSide side, CancellationToken ct)
    {
        await progress.WriteLineAsync($"greetings: {Greetings} callers join one after the other, with the agent there before");
        var greetings = new List<double?>();
        for (var i = 0; i < Greetings; i++)
        {
            greetings.Add(await side.GreetAsync(ct));
        }

        return greetings;
    }

    private static async Task<string> StagesAsync(BenchChild agents, CancellationToken ct)
    {
        var stages = (await agents.AskAsync("turns", null, ct))["stages"]!.AsObject();
        return string.Join(", ", stages.Select(stage => FormattableString.Invariant($"{stage.Key} {stage.Value!.GetValue<double>():0}")));
    }

    private async Task<ConversationResult> TalkAsync(IBenchSide side, BenchChild callers, int calls, string how, double seconds, CancellationToken ct)
    {
        var rooms = new List<string>();
        for (var i = 0; i < calls; i++)
        {
            rooms.Add(await side.JoinAsync(counts: false, ct));
        }

        await progress.WriteLineAsync($"{how}: measuring {calls} rooms for {seconds:0} s");
        var talk = new JsonObject { ["how"] = how, ["seconds"] = seconds, ["settle"] = SettleSeconds };
        var heard = ConversationResult.Read(await callers.AskAsync("talk", talk, ct));
        foreach (var room in rooms)
        {
            await side.LeaveAsync(room, ct);
        }

        return heard;
    }
}

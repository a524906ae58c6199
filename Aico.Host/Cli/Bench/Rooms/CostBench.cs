using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Measures what agents in rooms cost beside the floor, in one run with the same callers.</summary>
internal sealed class CostBench(AicoHost host, TextWriter progress)
{
    // Connections settle, jitter buffers with them, and what runs often is compiled well: on a busy machine the compiler took 0.2 % of
    // a core a room after 15 s, 0.1 % after 30 s, next to nothing after 60 s.
    private const double SettleSeconds = 60;

    // The first rooms of a process load and compile what the later ones only use.
    private const int WarmUpRooms = 2;

    private readonly List<double> _joins = [];
    private IReadOnlyList<double> _added = [];

    public async Task<IRoomsResult> RunAsync(RoomsRequest request, CancellationToken ct)
    {
        await using var server = new BenchServer(request.LiveKit, host);
        await using var callers = BenchChild.Start("callers", new Dictionary<string, string>());
        var speech = await callers.AskAsync("open", null, ct);
        await progress.WriteLineAsync($"callers say {speech["clips"]} utterances");

        SideCost floor;
        await using (var child = BenchChild.Start("floor", new Dictionary<string, string>()))
        {
            await child.AskAsync("open", new JsonObject { ["cycleMs"] = speech["cycleMs"]!.GetValue<double>() }, ct);
            floor = await MeasureAsync(new FloorSide(server, callers, child), request, callers, child, "floor", ct);
        }

        SideCost agents;
        await using (var child = BenchChild.Start("agents", server.Variables))
        {
            await progress.WriteLineAsync("agents: warming up");
            var open = new JsonObject { ["agentName"] = server.Name, ["places"] = request.Calls + 5, ["fixedLatency"] = false };
            await child.AskAsync("open", open, ct);
            agents = await MeasureAsync(new AgentSide(server, callers, child, _joins), request, callers, child, "agents", ct);
            _added = [.. (await child.AskAsync("turns", null, ct))["addedLatencies"]!.AsArray().Select(value => value!.GetValue<double>())];
        }

        return new RoomsResult(request.Calls, request.Duration.TotalSeconds, CostFigures.Of(request.Calls, floor, agents, _joins, _added));
    }

    private async Task<SideCost> MeasureAsync(IBenchSide side, RoomsRequest request, BenchChild callers, BenchChild child, string name, CancellationToken ct)
    {
        for (var i = 0; i < WarmUpRooms; i++)
        {
            await side.LeaveAsync(await side.JoinAsync(counts: false, ct), ct);
        }

        var cycles = await CycleAsync(side, request.Cycles, child, name, ct);
        await progress.WriteLineAsync($"{name}: joining {request.Calls} rooms");
        var rooms = new List<string>();
        var resident = new List<double> { await ResidentAsync(child, ct) };
        for (var i = 0; i < request.Calls; i++)
        {
            rooms.Add(await side.JoinAsync(counts: true, ct));
            resident.Add(await ResidentAsync(child, ct));
        }

        await progress.WriteLineAsync($"{name}: measuring for {request.Duration.TotalSeconds:0} s");
        var talk = new JsonObject { ["how"] = "answered", ["seconds"] = request.Duration.TotalSeconds, ["settle"] = SettleSeconds };
        var talking = callers.AskAsync("talk", talk, ct);
        await BenchTime.DelayAsync(SettleSeconds * 1000, ct);
        await side.BeginAsync(ct);
        var before = await MeterAsync(child, collects: false, ct);
        await BenchTime.DelayAsync(request.Duration.TotalMilliseconds, ct);
        var after = await MeterAsync(child, collects: false, ct);
        var heard = ConversationResult.Read(await talking);
        foreach (var room in rooms)
        {
            await side.LeaveAsync(room, ct);
        }

        var seconds = (Number(after, "at") - Number(before, "at")) / 1000;
        return new SideCost
        {
            Cores = (Number(after, "cpu") - Number(before, "cpu")) / seconds,
            ManagedCores = (after["managedCpu"]?.GetValue<double>() - before["managedCpu"]?.GetValue<double>()) / seconds,
            CompilingCores = (Number(after, "compiling") - Number(before, "compiling")) / seconds,
            BytesPerRoom = LinearSlope.Of(resident),
            BytesPerCycle = LinearSlope.Of(cycles.Resident),
            ManagedBytesPerCycle = LinearSlope.Of(cycles.Managed),
            HandlesAtEnd = (await MeterAsync(child, collects: false, ct))["handles"]!.GetValue<long>(),
            Threads = after["threads"]!.GetValue<int>(),
            AllocatedPerSecond = (after["allocated"]!.GetValue<long>() - before["allocated"]!.GetValue<long>()) / seconds,
            Heard = heard,
        };
    }

    /// <summary>Bytes after each cycle, resident and of the managed heap.</summary>
    private async Task<(IReadOnlyList<double> Resident, IReadOnlyList<double> Managed)> CycleAsync(IBenchSide side, int cycles, BenchChild child, string name, CancellationToken ct)
    {
        var (resident, managed) = (new List<double>(), new List<double>());
        for (var i = 0; i < cycles; i++)
        {
            if (i % 20 == 0)
            {
                await progress.WriteLineAsync($"{name}: {cycles - i} rooms to join and leave");
            }

            await side.LeaveAsync(await side.JoinAsync(counts: true, ct), ct);
            var after = await MeterAsync(child, collects: true, ct);
            resident.Add(Number(after, "resident"));
            managed.Add(Number(after, "managed"));
        }

        // The first quarter still fills the allocators' own reserves.
        return ([.. resident.Skip(cycles / 4)], [.. managed.Skip(cycles / 4)]);
    }

    private static Task<JsonObject> MeterAsync(BenchChild child, bool collects, CancellationToken ct) =>
        child.AskAsync("meter", new JsonObject { ["collects"] = collects }, ct);

    private static async Task<double> ResidentAsync(BenchChild child, CancellationToken ct) => Number(await MeterAsync(child, collects: true, ct), "resident");

    private static double Number(JsonObject meter, string name) => meter[name]!.GetValue<double>();
}

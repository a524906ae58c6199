using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Rooms with agents. The caller is there first, so that the join is the agent's alone.</summary>
/// <param name="server">Where the rooms are.</param>
/// <param name="callers">The process of the callers.</param>
/// <param name="agents">The process of the agents.</param>
/// <param name="joins">Takes the milliseconds from each job's assignment until the caller saw the agent listening.</param>
internal sealed class AgentSide(BenchServer server, BenchChild callers, BenchChild agents, List<double> joins) : IBenchSide
{
    public async Task<string> JoinAsync(bool counts, CancellationToken ct)
    {
        var room = server.NewRoom();
        await callers.AskAsync("join", server.Join(room, "caller"), ct);
        await server.DispatchAsync(room, ct);
        var listening = await callers.AskAsync("listening", new JsonObject { ["room"] = room }, ct);
        var assigned = await agents.AskAsync("assigned", new JsonObject { ["room"] = room }, ct);
        if (counts)
        {
            joins.Add(listening["at"]!.GetValue<double>() - assigned["at"]!.GetValue<double>());
        }

        return room;
    }

    /// <summary>A caller joins a room in which the agent is ready, as by <c>POST /api/sessions</c> with <c>waitForAgent</c>, and leaves when greeted.</summary>
    /// <returns>Milliseconds from the caller's joining to the first audio of the greeting; null where none came.</returns>
    public async Task<double?> GreetAsync(CancellationToken ct)
    {
        var room = server.NewRoom();
        await agents.AskAsync("greet", new JsonObject { ["room"] = room }, ct);
        await server.CreateAsync(room, ct);
        await agents.AskAsync("ready", new JsonObject { ["room"] = room }, ct);
        await callers.AskAsync("join", server.Join(room, "caller"), ct);
        var greeted = await callers.AskAsync("greeted", new JsonObject { ["room"] = room }, ct);
        await LeaveAsync(room, ct);
        return greeted["after"]?.GetValue<double>();
    }

    public async Task BeginAsync(CancellationToken ct) => await agents.AskAsync("turns", null, ct);

    public async Task LeaveAsync(string room, CancellationToken ct)
    {
        await callers.AskAsync("leave", new JsonObject { ["room"] = room }, ct);
        await agents.AskAsync("ended", new JsonObject { ["room"] = room }, ct);
    }
}

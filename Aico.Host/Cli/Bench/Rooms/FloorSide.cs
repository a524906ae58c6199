using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Rooms with the native library alone, or with an echo.</summary>
internal sealed class FloorSide(BenchServer server, BenchChild callers, BenchChild floor, bool echoes = false) : IBenchSide
{
    public async Task<string> JoinAsync(bool counts, CancellationToken ct)
    {
        var room = server.NewRoom();
        await callers.AskAsync("join", server.Join(room, "caller"), ct);
        var join = server.Join(room, "floor");
        join["echoes"] = echoes;
        await floor.AskAsync("join", join, ct);
        await callers.AskAsync("hearing", new JsonObject { ["room"] = room }, ct);
        return room;
    }

    public Task BeginAsync(CancellationToken ct) => Task.CompletedTask;

    public async Task LeaveAsync(string room, CancellationToken ct)
    {
        await callers.AskAsync("leave", new JsonObject { ["room"] = room }, ct);
        await floor.AskAsync("leave", new JsonObject { ["room"] = room }, ct);
    }
}

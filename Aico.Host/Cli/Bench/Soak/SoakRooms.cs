using System.Text.Json.Nodes;
using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Calls in rooms of a LiveKit server; agents and callers are processes of their own, of which the agents' is measured.</summary>
internal sealed class SoakRooms : ISoakSide
{
    private readonly BenchServer _server;
    private readonly SoakChild _callers;
    private readonly SoakChild _agents;

    private SoakRooms(BenchServer server, SoakChild callers, SoakChild agents) => (_server, _callers, _agents) = (server, callers, agents);

    public string Name => "rooms";

    // What stays of each join in LiveKit's native library, with every handle given back: 60 to 130 kB were measured for the library alone.
    public double FloorBytesPerCall => 130_000;

    public static async Task<SoakRooms> OpenAsync(SoakRequest request, AicoHost host, CancellationToken ct)
    {
        var server = new BenchServer(request.LiveKit!, host);
        var callers = new SoakChild(BenchChild.Start("callers", new Dictionary<string, string>()));
        await callers.AskAsync("open", [], ct);
        var agents = new SoakChild(BenchChild.Start(SoakCommand.AgentsRole, server.Variables));
        await agents.AskAsync("open", new JsonObject { ["agentName"] = server.Name, ["places"] = request.Calls + 5, ["faults"] = request.Faults }, ct);
        return new SoakRooms(server, callers, agents);
    }

    public async Task<SoakCallEnd> CallAsync(TimeSpan length, CancellationToken ct)
    {
        var room = _server.NewRoom();
        try
        {
            await _callers.AskAsync("join", _server.Join(room, "caller"), ct);
            await _server.DispatchAsync(room, ct);
            await _callers.AskAsync("chat", new JsonObject { ["room"] = room, ["seconds"] = length.TotalSeconds }, ct);
            await Task.Delay(length, TimeProvider.System, ct);
            var end = await _callers.AskAsync("leave", new JsonObject { ["room"] = room }, ct);
            return new SoakCallEnd(end["answered"]!.GetValue<int>(), end["unanswered"]!.GetValue<int>());
        }
        catch (CliException e)
        {
            return new SoakCallEnd(0, 0, e.Message);
        }
    }

    public async Task<SoakSample> SampleAsync(CancellationToken ct) => SoakSample.Read(await _agents.AskAsync("sample", [], ct));

    public async ValueTask DisposeAsync()
    {
        await _agents.DisposeAsync();
        await _callers.DisposeAsync();
        await _server.DisposeAsync();
    }
}

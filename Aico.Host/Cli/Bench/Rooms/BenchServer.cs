using System.Text.Json.Nodes;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The LiveKit server that the bench uses, with rooms and an agent name that nobody else has. Disposal deletes the rooms.</summary>
internal sealed class BenchServer(LiveKitSettings settings, AicoHost host) : IAsyncDisposable
{
    private readonly LiveKitApi _api = new(settings, host.Http, TimeProvider.System);
    private readonly TokenIssuer _tokens = new(settings, TimeProvider.System);
    private readonly List<string> _rooms = [];

    public string Name { get; } = $"aico-bench-{Guid.NewGuid().ToString("n")[..8]}";

    /// <summary>For the process of the agents, which registers a worker.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        [LiveKitSettings.UrlVariable] = settings.WebSocketUrl.AbsoluteUri,
        [LiveKitSettings.KeyVariable] = settings.Key,
        [LiveKitSettings.SecretVariable] = settings.Secret.Reveal(),
    };

    public string NewRoom()
    {
        _rooms.Add($"{Name}-{_rooms.Count + 1}");
        return _rooms[^1];
    }

    /// <summary>What somebody needs to join.</summary>
    public JsonObject Join(string room, string identity) => new()
    {
        ["room"] = room,
        ["url"] = settings.WebSocketUrl.AbsoluteUri,
        ["token"] = _tokens.Issue(new TokenClaims { Identity = identity, Video = new VideoGrant { RoomJoin = true, Room = room } }),
    };

    /// <summary>Asks the agent into a room; the room's name serves as the name of its organization.</summary>
    public Task DispatchAsync(string room, CancellationToken ct) =>
        AskAsync(() => _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = room, AgentName = Name, Metadata = Metadata(room) }, ct));

    /// <summary>Makes a room with the agent in it, before anybody else.</summary>
    public Task CreateAsync(string room, CancellationToken ct) =>
        AskAsync(() => _api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = room, Agents = [new RoomAgentDispatch { AgentName = Name, Metadata = Metadata(room) }] }, ct));

    public async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
        {
            try
            {
                await _api.Rooms.DeleteRoomAsync(room, CancellationToken.None);
            }
            catch (TwirpException)
            {
                // Gone already, or the server is; it forgets empty rooms by itself.
            }
        }
    }

    private static string Metadata(string room) => new JsonObject { ["organization"] = room }.ToJsonString();

    private static async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (TwirpException e)
        {
            throw new CliException($"The LiveKit server: {e.Message}", ExitCode.Failed);
        }
    }
}

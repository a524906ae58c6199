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
    public async Task DispatchAsync(string room, CancellationToken ct)
    {
        try
        {
            var metadata = new JsonObject { ["organization"] = room }.ToJsonString();
            await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = room, AgentName = Name, Metadata = metadata }, ct);
        }
        catch (TwirpException e)
        {
            throw new CliException($"The LiveKit server: {e.Message}", ExitCode.Failed);
        }
    }

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
}

using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The process of the callers.</summary>
internal sealed class CallersChild(AicoHost host) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(30);

    private readonly NativeClient _native = new(host);
    private readonly Dictionary<string, RoomCaller> _callers = [];
    private readonly Dictionary<string, Conversation> _chats = [];
    private int _left;
    private IReadOnlyList<ReadOnlyMemory<short>> _clips = [];

    public async Task<JsonObject> AnswerAsync(string verb, JsonObject request, CancellationToken ct)
    {
        switch (verb)
        {
            case "open":
                _clips = await CallerClips.ReadAsync(host, ct);
                return new JsonObject { ["clips"] = _clips.Count, ["cycleMs"] = Conversation.AnsweredCycleMs(_clips) };
            case "join":
                var caller = await RoomCaller.JoinAsync(_native.Connector, new Uri(Text(request, "url")), Text(request, "token"), ct);
                _callers.Add(Text(request, "room"), caller);
                return [];
            case "listening":
                return new JsonObject { ["at"] = await _callers[Text(request, "room")].Listening.WaitAsync(ReadyTimeout, TimeProvider.System, ct) };
            case "hearing":
                await _callers[Text(request, "room")].Hearing.WaitAsync(ReadyTimeout, TimeProvider.System, ct);
                return [];
            case "greeted":
                var greeted = _callers[Text(request, "room")];
                return new JsonObject { ["after"] = await new Conversation(greeted, _clips, 0, 0, 0).GreetedAsync(ct) - greeted.Joined };
            case "leave":
                return await LeaveAsync(Text(request, "room"));
            case "chat":
                var until = BenchTime.Now + request["seconds"]!.GetValue<double>() * 1000;
                var (room, number) = (Text(request, "room"), _chats.Count + _left++);
                _chats.Add(room, new Conversation(_callers[room], _clips, number, BenchTime.Now, until));
                _ = _chats[room].AnsweredAsync(CancellationToken.None);
                return [];
            case "talk":
                return await TalkAsync(Text(request, "how"), request["seconds"]!.GetValue<double>(), request["settle"]!.GetValue<double>(), ct);
            default:
                throw new CliException($"Callers cannot {verb}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers.Values)
        {
            await caller.DisposeAsync();
        }

        await _native.DisposeAsync();
    }

    // A chat ends with its turn, into a microphone that nobody hears any more: it is not waited for, since others wait for this process.
    private async Task<JsonObject> LeaveAsync(string room)
    {
        _callers.Remove(room, out var left);
        await left!.DisposeAsync();
        return _chats.Remove(room, out var chat) ? new JsonObject { ["answered"] = chat.Answered, ["unanswered"] = chat.Unanswered } : [];
    }

    private async Task<JsonObject> TalkAsync(string how, double seconds, double settle, CancellationToken ct)
    {
        var begin = BenchTime.Now;
        var (from, until) = (begin + settle * 1000, begin + (settle + seconds) * 1000);
        var talks = _callers.Values.Select((caller, number) =>
        {
            var conversation = new Conversation(caller, _clips, number, from, until);
            return how switch
            {
                "echo" => conversation.EchoAsync(ct),
                "voice" => conversation.VoiceAsync(ct),
                _ => conversation.AnsweredAsync(ct),
            };
        }).ToList();
        var heard = new ConversationResult();
        foreach (var talk in talks)
        {
            heard.Add(await talk);
        }

        heard.LateFrames = _callers.Values.Sum(caller => caller.Microphone.LateFrames);
        return heard.ToJson();
    }

    private static string Text(JsonObject request, string name) => request[name]!.GetValue<string>();
}

using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The process of the floor: what the native library costs with no agent in between. It speaks as often as the agents do.</summary>
internal sealed class FloorChild : IAsyncDisposable
{
    private const double FrameMs = 20;
    private const int FrameSamples = 480;

    private readonly NativeClient _native;
    private readonly Dictionary<string, FloorRoom> _rooms = [];
    private readonly CancellationTokenSource _stop = new();
    private FloorRoom[] _speaking = [];
    private Task _playing = Task.CompletedTask;

    public FloorChild(AicoHost host) => _native = new NativeClient(host);

    public async Task<JsonObject> AnswerAsync(string verb, JsonObject request, CancellationToken ct)
    {
        switch (verb)
        {
            case "open":
                _playing = PlayAsync(request["cycleMs"]!.GetValue<double>());
                return [];
            case "join":
                var echoes = request["echoes"]!.GetValue<bool>();
                var room = await FloorRoom.JoinAsync(_native.Connector, new Uri(Text(request, "url")), Text(request, "token"), echoes, ct);
                _rooms.Add(Text(request, "room"), room);
                _speaking = echoes ? [] : [.. _rooms.Values];
                return [];
            case "leave":
                _rooms.Remove(Text(request, "room"), out var left);
                _speaking = [.. _rooms.Values];
                await left!.DisposeAsync();
                return [];
            case "meter":
                return ProcessMeter.Read(_native.LiveHandles, request["collects"]!.GetValue<bool>());
            default:
                throw new CliException($"The floor cannot {verb}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _playing;
        foreach (var room in _rooms.Values)
        {
            await room.DisposeAsync();
        }

        await _native.DisposeAsync();
        _stop.Dispose();
    }

    // One timer for all rooms: less than any agent can do with.
    private async Task PlayAsync(double cycleMs)
    {
        var zero = BenchTime.Now;
        for (var frame = 1L; !_stop.IsCancellationRequested; frame++)
        {
            var rooms = _speaking;
            for (var i = 0; i < rooms.Length; i++)
            {
                // What the agents say, as often as they say it.
                var sample = (int)((frame * FrameMs + i * cycleMs / rooms.Length) % cycleMs / FrameMs) * FrameSamples;
                if (sample < InstantTextToSpeech.Speech.Length)
                {
                    rooms[i].Play(InstantTextToSpeech.Speech.Slice(sample, FrameSamples));
                }
            }

            try
            {
                await BenchTime.UntilAsync(zero + frame * FrameMs, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string Text(JsonObject request, string name) => request[name]!.GetValue<string>();
}

using Aico.Abstractions.Audio;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>A room in which nobody thinks: what is heard is thrown away, or comes back. Disposal leaves the room.</summary>
internal sealed class FloorRoom : IAsyncDisposable
{
    // Frames that come in a heap after a stall would wait in the queue for good, and every later sound behind them.
    private const double LongestBacklogMs = 40;
    private const double FrameMs = 20;

    private readonly IRoom _room;
    private readonly IPublishedAudio _voice;
    private readonly bool _echoes;
    private readonly List<Task> _reading = [];
    private double _queuedUntil;

    private FloorRoom(IRoom room, IPublishedAudio voice, bool echoes)
    {
        (_room, _voice, _echoes) = (room, voice, echoes);
        _reading.Add(FollowAsync());
    }

    public static async Task<FloorRoom> JoinAsync(IRoomConnector connector, Uri url, string token, bool echoes, CancellationToken ct)
    {
        var room = await connector.ConnectAsync(new RoomConnectRequest { Url = url, Token = token, AutoSubscribe = true }, ct);
        try
        {
            return new FloorRoom(room, await room.PublishAudioAsync("floor", TrackSource.Microphone, AgentVoice.Format, AgentVoice.Queue, ct), echoes);
        }
        catch
        {
            await room.DisposeAsync();
            throw;
        }
    }

    public void Play(ReadOnlyMemory<short> frame) => _voice.Play(frame);

    public async ValueTask DisposeAsync()
    {
        await _voice.DisposeAsync();
        await _room.DisposeAsync();
        await Task.WhenAll(_reading);
    }

    private async Task FollowAsync()
    {
        await foreach (var happened in _room.ReadEventsAsync(CancellationToken.None))
        {
            if (happened is RoomEvent.TrackSubscribed track)
            {
                var format = _echoes ? AgentVoice.Format : AudioFormat.Speech;
                _reading.Add(ReadAsync(_room.OpenAudio(track.TrackSid, format, TimeSpan.FromMilliseconds(20), new RoomAudioProcessing())));
            }
        }
    }

    private async Task ReadAsync(IReceivedAudio audio)
    {
        await foreach (var samples in audio.ReadAsync(CancellationToken.None))
        {
            if (_echoes)
            {
                Echo(samples);
            }
        }

        await audio.DisposeAsync();
    }

    private void Echo(ReadOnlyMemory<short> samples)
    {
        var now = BenchTime.Now;
        if (_queuedUntil - now > LongestBacklogMs)
        {
            _voice.Clear();
            _queuedUntil = now;
        }

        _queuedUntil = Math.Max(_queuedUntil, now) + FrameMs;
        _voice.Play(samples);
    }
}

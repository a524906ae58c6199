using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>A caller in a room: speaks, hears whoever else speaks there, sees the agent's state. Made by <see cref="JoinAsync"/>; disposal leaves the room.</summary>
internal sealed class RoomCaller : IAsyncDisposable
{
    private const string StateAttribute = "lk.agent.state";
    private static readonly AudioFormat _hears = new(24_000, 1);
    private static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(20);

    private readonly IRoom _room;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<double> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hearing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _running = [];
    private long _dropped;

    private RoomCaller(IRoom room, double joined, IPublishedAudio microphone)
    {
        (_room, Joined) = (room, joined);
        Microphone = new BenchSpeaker(microphone);
        _running.Add(FollowAsync());
        _running.Add(Microphone.RunAsync(_stop.Token));
    }

    /// <summary>When it was in the room, before it had a microphone.</summary>
    public double Joined { get; }

    public BenchSpeaker Microphone { get; }

    public HeardAudio Heard { get; } = new(_hears.SampleRate);

    /// <summary>Frames that this caller lost itself.</summary>
    public long DroppedFrames => Interlocked.Read(ref _dropped);

    /// <summary>When it was seen that the agent listens.</summary>
    public Task<double> Listening => _listening.Task;

    /// <summary>Somebody's audio can be heard.</summary>
    public Task Hearing => _hearing.Task;

    public static async Task<RoomCaller> JoinAsync(IRoomConnector connector, Uri url, string token, CancellationToken ct)
    {
        var room = await connector.ConnectAsync(new RoomConnectRequest { Url = url, Token = token, AutoSubscribe = true }, ct);
        var joined = BenchTime.Now;
        try
        {
            var microphone = await room.PublishAudioAsync("microphone", TrackSource.Microphone, AudioFormat.Speech, TimeSpan.FromMilliseconds(200), ct);
            return new RoomCaller(room, joined, microphone);
        }
        catch
        {
            await room.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _room.DisposeAsync();
        try
        {
            await Task.WhenAll(_running);
        }
        catch (RoomException e) when (e.Failure == RoomFailure.Disconnected)
        {
            // A track that came in the moment of leaving.
        }

        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        await foreach (var happened in _room.ReadEventsAsync(CancellationToken.None))
        {
            switch (happened)
            {
                case RoomEvent.TrackSubscribed track:
                    _running.Add(HearAsync(_room.OpenAudio(track.TrackSid, _hears, _frame, new RoomAudioProcessing())));
                    _hearing.TrySetResult();
                    break;
                // Of an agent that was quick, its arrival already tells.
                case RoomEvent.ParticipantJoined joined when IsListening(joined.Participant):
                case RoomEvent.ParticipantChanged changed when IsListening(changed.Participant):
                    _listening.TrySetResult(BenchTime.Now);
                    break;
                case RoomEvent.Disconnected left when !_stop.IsCancellationRequested:
                    var lost = new RoomException(RoomFailure.Disconnected, $"A caller lost its room: {left.Reason}.");
                    _listening.TrySetException(lost);
                    _hearing.TrySetException(lost);
                    break;
            }
        }
    }

    private static bool IsListening(RoomParticipant who) => who.Attributes.TryGetValue(StateAttribute, out var state) && state == "listening";

    private async Task HearAsync(IReceivedAudio audio)
    {
        await foreach (var samples in audio.ReadAsync(CancellationToken.None))
        {
            Heard.Add(BenchTime.Now, samples.Span);
        }

        Interlocked.Add(ref _dropped, audio.DroppedFrames);
        await audio.DisposeAsync();
    }
}

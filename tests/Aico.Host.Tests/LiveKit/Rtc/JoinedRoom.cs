using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Rtc;

/// <summary>A room as a test sees it: events are waited for, in order, and none is skipped over silently.</summary>
internal sealed class JoinedRoom : IAsyncDisposable
{
    private readonly IAsyncEnumerator<RoomEvent> _events;
    private readonly CancellationTokenSource _patience = new(LiveKitTestServer.Patience, TimeProvider.System);

    private JoinedRoom(IRoom room)
    {
        Room = room;
        _events = room.ReadEventsAsync(_patience.Token).GetAsyncEnumerator();
    }

    public IRoom Room { get; }

    public CancellationToken Patience => _patience.Token;

    /// <summary>Every event that was read.</summary>
    public List<RoomEvent> Seen { get; } = [];

    public static async Task<JoinedRoom> JoinAsync(
        LiveKitTestServer server, string room, string identity, string kind = "standard", Func<RoomConnectRequest, RoomConnectRequest>? change = null)
    {
        var request = new RoomConnectRequest
        {
            Url = server.Url,
            Token = server.Token(room, identity, kind),
            TextTopics = ["lk.chat", "lk.transcription"],
            ByteTopics = ["files"],
        };
        return new JoinedRoom(await SharedFfi.Connector().ConnectAsync(change?.Invoke(request) ?? request, CancellationToken.None));
    }

    /// <summary>Reads on until there is an event of this kind.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? matches = null)
        where T : RoomEvent
    {
        // Each wait has the whole time: a test of many steps needs no longer bound.
        _patience.CancelAfter(LiveKitTestServer.Patience);
        try
        {
            while (await _events.MoveNextAsync())
            {
                Seen.Add(_events.Current);
                if (_events.Current is T wanted && matches?.Invoke(wanted) is not false)
                {
                    return wanted;
                }
            }
        }
        catch (OperationCanceledException) when (_patience.IsCancellationRequested)
        {
            throw new TimeoutException($"No {typeof(T).Name} came. Seen: {string.Join(", ", Seen)}");
        }

        throw new InvalidOperationException($"The room ended without {typeof(T).Name}. Seen: {string.Join(", ", Seen)}");
    }

    /// <summary>Publishes a track as an agent does.</summary>
    public Task<IPublishedAudio> PublishAsync() => Room.PublishAudioAsync(
        "roomio_audio", TrackSource.Microphone, new AudioFormat(24_000, 1), TimeSpan.FromMilliseconds(200), Patience);

    /// <summary>Subscribes to the next track that somebody publishes.</summary>
    public async Task<IReceivedAudio> HearAsync(RoomAudioProcessing? processing = null)
    {
        var published = Room.Participants.SelectMany(participant => participant.Tracks).FirstOrDefault()
            ?? (await NextAsync<RoomEvent.TrackPublished>()).Track;
        Room.SetSubscribed(published.Sid, isSubscribed: true);
        var subscribed = await NextAsync<RoomEvent.TrackSubscribed>(track => track.TrackSid == published.Sid);
        return Room.OpenAudio(subscribed.TrackSid, AudioFormat.Speech, TimeSpan.FromMilliseconds(20), processing ?? new RoomAudioProcessing());
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await Room.DisposeAsync();
        _patience.Dispose();
    }
}

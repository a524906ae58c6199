using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc;

internal sealed class RoomAudioTests
{
    private LiveKitTestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await LiveKitTestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task What_is_played_in_a_room_is_heard_by_another_and_clearing_stops_it()
    {
        var name = LiveKitTestServer.NewRoom();
        await using var speaker = await JoinedRoom.JoinAsync(_server, name, "speaker", "agent");
        await using var listener = await JoinedRoom.JoinAsync(_server, name, "listener");
        await using var published = await speaker.PublishAsync();
        await using var heard = await listener.HearAsync();
        await speaker.NextAsync<RoomEvent.LocalTrackSubscribed>(track => track.TrackSid == published.TrackSid);

        using (var playing = CancellationTokenSource.CreateLinkedTokenSource(listener.Patience))
        {
            var player = Tone.PlayAsync(published, playing.Token);
            await Tone.ReadUntilAsync(heard, isThere: true, listener.Patience);
            playing.Cancel();
            await player;
        }

        await Tone.ReadUntilAsync(heard, isThere: false, listener.Patience);
        published.DroppedFrames.Should().Be(0);
        listener.Room.Participants.Should().ContainSingle().Which.Kind.Should().Be(ParticipantKind.Agent);
    }
}

using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class TranscriptTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Shows_the_callers_words_as_theirs_with_a_final_at_the_end()
    {
        var track = _h.Room.Joins("me");
        _h.Caller.Says("what is new", 1, 2);
        _h.RunUntil(6);

        var texts = _h.Room.Texts.Where(text => text.Stream.SenderIdentity is not null).ToList();
        texts.Should().OnlyContain(text => text.Stream.Topic == "lk.transcription" && text.Stream.SenderIdentity == "me"
            && text.Stream.Attributes["lk.transcribed_track_id"] == track);
        texts.Select(text => text.Stream.Attributes["lk.segment_id"]).Distinct().Should().ContainSingle().Which.Should().StartWith("SG_");
        texts[^1].Text.Should().Be("what is new");
        texts.Select(text => text.Stream.Attributes["lk.transcription_final"]).Should().EndWith("true").And.ContainSingle(final => final == "true");
        Packets("me")[^1].Should().BeEquivalentTo(
            new RoomTranscription("me", track, texts[0].Stream.Attributes["lk.segment_id"], "what is new", IsFinal: true, ""));
    }

    [Test]
    public void Shows_the_agents_words_as_they_are_heard()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six." };
        _h.Room.Joins("me");
        _h.RunUntil(5);

        var text = _h.Room.Texts.Should().ContainSingle().Subject;
        text.Stream.SenderIdentity.Should().BeNull();
        text.Stream.Attributes.Should().Contain("lk.transcription_final", "false").And.Contain("lk.transcribed_track_id", "TR_agent");
        text.Text.Should().Be("One two three four five six.");
        text.Trailer.Should().Contain("lk.transcription_final", "true");
        text.Pieces.Should().HaveCountGreaterThan(4);
        // A word takes 300 ms.
        text.Pieces.TakeWhile(piece => piece.At < TimeSpan.FromSeconds(1)).Sum(piece => piece.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)
            .Should().BeInRange(2, 3);
        Packets(FakeRoom.Agent)[^1].Should().Match<RoomTranscription>(packet => packet.IsFinal && packet.Text == "One two three four five six.");
    }

    [Test]
    public void Cuts_the_agents_words_where_the_caller_interrupted()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven eight nine ten." };
        _h.Room.Joins("me");
        _h.Caller.Says("stop it now please", 1, 2.5);
        _h.RunUntil(3);

        var text = _h.Room.Texts.First(sent => sent.Stream.SenderIdentity is null);
        text.Text.Should().Be(_h.Turns[0].HeardText).And.NotContain("ten");
        text.Trailer.Should().Contain("lk.transcription_final", "true");
    }

    [Test]
    public void Sends_the_words_once_as_they_are_where_the_server_is_slow()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven eight nine ten." };
        _h.Room.TextDelay = TimeSpan.FromSeconds(2);
        _h.Room.Joins("me");
        _h.RunUntil(8);

        var text = _h.Room.Texts.Should().ContainSingle().Subject;
        text.Pieces.Should().HaveCountLessThan(10).And.HaveCountGreaterThan(1);
        text.Text.Should().Be("One two three four five six seven eight nine ten.");
    }

    [Test]
    public void Keeps_the_order_of_the_two_sides()
    {
        _h.Room.TextDelay = TimeSpan.FromSeconds(1);
        _h.Room.Joins("me");
        _h.Caller.Says("what is new", 1, 2);
        _h.RunUntil(12);

        _h.Room.Texts.Where(text => text.Stream.SenderIdentity is null || text.Stream.Attributes["lk.transcription_final"] == "true")
            .Select(text => text.Text).Should().Equal("what is new", "You said what is new");
    }

    [Test]
    public void Does_not_repeat_what_was_typed()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Types("me", "hi");
        _h.RunUntil(4);

        _h.Room.Texts.Select(text => text.Text).Should().Equal("You said hi");
    }

    [Test]
    public void Are_not_sent_where_they_are_not_wanted()
    {
        _h.Settings = _h.Settings with { SendsTranscripts = false };
        _h.Room.Joins("me");
        _h.Caller.Says("what is new", 1, 2);
        _h.RunUntil(6);

        _h.Turns.Should().ContainSingle();
        _h.Room.Texts.Should().BeEmpty();
        _h.Room.Transcriptions.Should().BeEmpty();
    }

    [Test]
    public void Are_complete_when_the_call_ends_in_the_middle_of_a_word()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven eight nine ten." };
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Leaves("me");
        _h.RunUntil(5);

        _h.Room.Texts.Should().ContainSingle().Which.Should().Match<FakeText>(text => text.IsClosed && text.Trailer.ContainsKey("lk.transcription_final"));
    }

    private List<RoomTranscription> Packets(string identity) =>
        [.. _h.Room.Transcriptions.Select(sent => sent.Transcription).Where(packet => packet.Identity == identity)];
}

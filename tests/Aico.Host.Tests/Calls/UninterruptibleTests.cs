using Aico.Host.Calls;
using Aico.Host.Calls.TurnTaking;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

/// <summary>The agent speaks from 2.3 to 5.3 seconds in each of these, and from 2.9 to 4.1 what is to be heard out.</summary>
public class UninterruptibleTests
{
    private const string Speech = "aaa bbb. ccc ddd eee fff. ggg hhh iii jjj.";
    private const string Written = "aaa bbb. <no-interrupt>ccc ddd eee fff.</no-interrupt> ggg hhh iii jjj.";

    [TestCase(true)]
    [TestCase(false)]
    public void Hears_marked_text_out_and_then_gives_the_caller_the_turn(bool aligns)
    {
        using var call = Speaking();
        call.TextToSpeech.Aligns = aligns;
        call.Caller.Says("Stop please.", from: 3.1, to: 3.6);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Of<PlaybackEnded>()[0].At.Should().BeCloseTo(Seconds(4.1), aligns ? TimeSpan.Zero : Seconds(0.1), "it stops where the marked text ends");
        call.Turns[0].Should().Match<TurnRecord>(turn => turn.Interrupted && turn.HeardText == "aaa bbb. ccc ddd eee fff.");
        call.Turns[1].CallerText.Should().Be("Stop please.");
    }

    [Test]
    public void Forgets_a_sound_of_agreement_during_marked_text()
    {
        using var call = Speaking();
        call.Caller.Says("mm-hm", from: 3.0, to: 3.4);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(Speech);
    }

    [Test]
    public void Stops_before_marked_text()
    {
        using var call = Speaking();
        call.Caller.Says("Stop please.", from: 2.4, to: 2.8);

        call.RunUntil(6);

        call.Caller.Heard[0].Should().Be((Seconds(2.3), Seconds(2.6)));
        call.Turns[0].HeardText.Should().Be("aaa");
    }

    [Test]
    public void Stops_after_marked_text()
    {
        using var call = Speaking();
        call.Caller.Says("Stop please.", from: 4.3, to: 5);

        call.RunUntil(6);

        call.Caller.Heard[0].Should().Be((Seconds(2.3), Seconds(4.5)));
    }

    [Test]
    public void Pauses_at_the_end_of_marked_text_for_a_caller_who_still_speaks()
    {
        using var call = Speaking();
        // So that the end does not fall on a moment at which the playback looks anyway.
        call.TextToSpeech.Extra = Seconds(0.03);
        call.Caller.Says("Stop please.", from: 3.5, to: 4.9);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().ContainSingle().Which.At.Should().Be(Seconds(4.16));
        call.Turns[0].HeardText.Should().Be("aaa bbb. ccc ddd eee fff.");
        call.Turns[1].CallerText.Should().Be("Stop please.");
    }

    [Test]
    public void Answers_after_marked_text_that_is_the_last()
    {
        using var call = Speaking("aaa bbb. <no-interrupt>ccc ddd eee fff.");
        call.Caller.Says("Stop please.", from: 3.1, to: 3.6);

        call.RunUntil(6);

        call.Turns[0].Should().Match<TurnRecord>(turn => !turn.Interrupted && turn.HeardText == "aaa bbb. ccc ddd eee fff.");
        call.Turns[1].CallerText.Should().Be("Stop please.");
        call.Of<TurnDecided>()[1].At.Should().Be(Seconds(4.1));
    }

    [Test]
    public void Follows_the_profile_of_marked_text_where_there_is_one()
    {
        using var call = Speaking(rules: new InterruptionSettings
        {
            Enabled = false,
            DuringUninterruptible = new InterruptionSettings { MinimumDuration = Seconds(0.5) },
        });
        call.Caller.Says("But no.", from: 2.4, to: 2.8);
        call.Caller.Says("Stop please.", from: 3.2, to: 4);

        call.RunUntil(6);

        call.Caller.Heard[0].Should().Be((Seconds(2.3), Seconds(3.7)));
    }

    [Test]
    public void Takes_back_marked_text_that_was_not_heard_yet_from_a_caller_who_goes_on()
    {
        using var call = Speaking("<no-interrupt>ccc ddd.");
        call.TextToSpeech.FirstAudioDelay = Seconds(2);
        call.Caller.Says("And another thing?", from: 2.6, to: 4);

        call.RunUntil(9);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Question? And another thing?");
    }

    [Test]
    public void Lets_typed_words_wait_for_the_end_of_marked_text()
    {
        using var call = Speaking();
        call.RunUntil(3);
        call.Call.SendText("Stop.");

        call.RunUntil(4.2);

        call.Of<PlaybackEnded>().Should().Equal(new PlaybackEnded(Seconds(4.1), 1, Interrupted: true));
    }

    [Test]
    public void Shows_the_tags_to_nobody()
    {
        using var call = Speaking();
        call.Caller.Says("What is that?", from: 7, to: 8);

        call.RunUntil(9);

        call.TextToSpeech.Sentences.Should().StartWith(["aaa bbb. ", "ccc ddd eee fff. ", "ggg hhh iii jjj. "]);
        call.Turns[0].Should().Match<TurnRecord>(turn => turn.AgentText == Speech && turn.HeardText == Speech);
        call.Told().Should().Equal("user: Question?", $"assistant: {Speech}", "user: What is that?");
        string.Concat(call.Of<TokenReceived>().Select(token => token.Text)).Should().NotContain("<");
        call.Of<SentenceReady>().Should().NotContain(sentence => sentence.Text.Contains('<'));
    }

    [Test]
    public void Says_a_greeting_that_is_not_interruptible_to_its_end()
    {
        using var call = Greeted("aaa bbb ccc ddd eee fff ggg hhh iii jjj.", isInterruptible: false);

        call.RunUntil(9);

        call.Caller.Heard[0].Should().Be((Seconds(2), Seconds(5)));
        call.Turns.Select(turn => (turn.CallerText, turn.Interrupted)).Should().StartWith([("", false), ("Hello there.", false)]);
    }

    [Test]
    public void Says_the_marked_part_of_a_greeting_to_its_end()
    {
        using var call = Greeted("<no-interrupt>aaa bbb ccc ddd eee fff ggg hhh.</no-interrupt> iii jjj kkk lll.", isInterruptible: true);
        call.TextToSpeech.FirstAudioDelay = TimeSpan.Zero;

        call.RunUntil(4);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Of<PlaybackEnded>()[0].Should().Be(new PlaybackEnded(Seconds(2.4), 1, Interrupted: true), "the caller has spoken at 1.2, and the marked part ends at 2.4");
    }

    /// <summary>The caller speaks from 1.2 to 1.8, the greeting is heard from the second second on.</summary>
    private static CallHarness Greeted(string greeting, bool isInterruptible)
    {
        var call = new CallHarness();
        call.Settings = call.Settings with { Greeting = greeting, GreetingIsInterruptible = isInterruptible };
        call.TextToSpeech.FirstAudioDelay = Seconds(2);
        call.Caller.Says("Hello there.", from: 1.2, to: 1.8);
        return call;
    }

    private static CallHarness Speaking(string written = Written, InterruptionSettings? rules = null)
    {
        var call = new CallHarness();
        call.Settings = call.Settings with { Interruption = rules ?? new InterruptionSettings() };
        call.LanguageModel.Says(written);
        call.Caller.Says("Question?", from: 1, to: 2);
        return call;
    }
}

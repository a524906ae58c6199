using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

public class BatchTranscriberTests
{
    [Test]
    public void Reads_an_utterance_with_half_a_second_before_it_and_a_little_after_it()
    {
        using var call = new CallHarness();
        call.Caller.Says("Question?", from: 2, to: 3);

        call.RunUntil(3.2);

        var (start, end) = call.SpeechToText.Utterances.Should().ContainSingle().Subject;
        start.Should().BeLessThanOrEqualTo(Seconds(1.5)).And.BeGreaterThan(Seconds(0.9));
        end.Should().BeGreaterThan(Seconds(3.1));
    }

    [Test]
    public void Reads_the_whole_turn_again_when_the_caller_goes_on()
    {
        using var call = new CallHarness();
        call.Caller.Says("I want and", from: 2, to: 3);
        call.Caller.Says("a table.", from: 3.6, to: 4.2);

        call.RunUntil(5);

        call.SpeechToText.Utterances.Select(read => read.Start).Distinct().Should().ContainSingle();
        call.SpeechToText.Utterances.Should().HaveCount(2);
    }

    [Test]
    public void Reads_interim_words_where_there_is_headroom()
    {
        using var call = new CallHarness();
        call.SpeechToText.HasInterimHeadroom = true;
        call.Caller.Says("This is a rather long thing to say.", from: 1, to: 5);

        call.RunUntil(6);

        call.Of<CallerTextChanged>().Where(change => !change.IsFinal).Should().HaveCountGreaterThan(4);
        call.Of<CallerTextChanged>()[^1].Text.Should().Be("This is a rather long thing to say.");
    }

    [Test]
    public void Reads_no_interim_words_without_headroom()
    {
        using var call = new CallHarness();
        call.Caller.Says("This is a rather long thing to say.", from: 1, to: 5);

        call.RunUntil(6);

        call.SpeechToText.Requests.Should().Be(1);
    }

    [Test]
    public void Never_runs_two_reads_at_once()
    {
        using var call = new CallHarness();
        call.SpeechToText.HasInterimHeadroom = true;
        call.SpeechToText.Delay = Seconds(0.8);
        call.Caller.Says("This is a rather long thing to say.", from: 1, to: 5);

        call.RunUntil(9);

        call.SpeechToText.Cancelled.Should().Be(1, "the final read replaces the interim one");
        call.SpeechToText.Requests.Should().BeInRange(4, 7);
        call.Turns.Should().ContainSingle();
    }

    [Test]
    public void Believes_the_newest_read_although_an_older_one_ends_later()
    {
        using var call = new CallHarness();
        call.SpeechToText.IgnoresCancellation = true;
        // The older one ends at 3.28, the newer one at 3.26, the turn at 3.3.
        call.SpeechToText.Delay = Seconds(1.12);
        call.Caller.Says("I want and", from: 1, to: 2);
        call.Caller.Says("what is there?", from: 2.4, to: 3);
        call.RunUntil(2.5);
        call.SpeechToText.Delay = Seconds(0.1);

        call.RunUntil(8);

        call.Of<CallerTextChanged>().Select(change => change.Text).Should().Equal("I want and what is there?");
    }

    [Test]
    public void Keeps_silent_about_an_interim_read_that_fails()
    {
        using var call = new CallHarness();
        call.SpeechToText.HasInterimHeadroom = true;
        call.SpeechToText.Failures.Enqueue(new InvalidOperationException("A bug."));
        call.Caller.Says("This is a rather long thing to say.", from: 1, to: 5);

        call.RunUntil(9);

        call.Of<StageFailed>().Should().BeEmpty("the final read says whether anything is wrong");
        call.Turns.Should().ContainSingle();
    }

    [Test]
    public void Does_not_hold_the_audio_of_kept_words_while_the_agent_speaks_on()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Interruption = new() { Enabled = false } };
        call.LanguageModel.Says(string.Join(' ', Enumerable.Repeat("word", 200)) + ".");
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("One.", from: 4, to: 5);
        call.Caller.Says("Two.", from: 55, to: 56);

        call.RunUntil(70);

        call.SpeechToText.Utterances.Max(read => read.End - read.Start).Should().BeLessThan(Seconds(22));
        call.Of<TurnDecided>()[1].Text.Should().Be("One. Two.");
    }

    [Test]
    public void Reads_frames_at_their_own_time_after_others_were_lost()
    {
        using var call = new CallHarness();
        call.Caller.Says("I want and", from: 1, to: 2);
        call.Caller.Muted = (Seconds(2.5), Seconds(3.5));
        call.Caller.Says("a table.", from: 4, to: 4.6);

        call.RunUntil(9);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I want and a table.");
    }
}

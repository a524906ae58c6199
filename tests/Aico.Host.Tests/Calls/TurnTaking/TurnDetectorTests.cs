using Aico.Host.Calls;
using Aico.Host.Calls.TurnTaking;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.TurnTaking;

/// <summary>A table of facts with the actions that follow: what the loop's tests see from outside, step by step.</summary>
public class TurnDetectorTests
{
    [Test]
    public void Prepares_then_takes()
    {
        var turn = new Script();

        turn.Voice(1, 2);
        turn.Words("unclear", 2, at: 2.2).Should().Equal("prepare unclear");
        turn.Next(2.2).Should().Be(Seconds(2.5));
        turn.Time(2.5).Should().Equal("take unclear after 500");
    }

    [Test]
    public void Prepares_when_the_provider_has_heard_the_silence_that_voice_activity_waits_for()
    {
        var turn = new Script();
        turn.Begin(1);
        turn.Last(2);

        turn.Words("whole", 1.9, at: 2.02).Should().BeEmpty("it covers no silence");
        turn.Words("whole.", 2.1, at: 2.12).Should().Equal("prepare whole.");

        turn.Last(2.15).Should().Equal("discard");
    }

    [Test]
    public void Decides_nothing_more_until_it_is_told_what_the_agent_does()
    {
        var turn = new Script();
        turn.Voice(1, 2);

        turn.Words("whole.", 2, at: 2.4).Should().Equal("prepare whole.", "take whole. after 300");

        turn.Time(2.4).Should().BeEmpty("an action is acted on once");
        turn.Words("whole.", 2, at: 2.5).Should().BeEmpty();
    }

    [Test]
    public void Learns_the_delay_from_the_pauses_of_the_caller()
    {
        var turn = new Script();
        for (var i = 0; i < 40; i++)
        {
            turn.Voice(i, i + 0.6);
        }

        turn.Words("unclear", 39.6, at: 39.8);

        turn.Next(39.8)!.Value.Should().BeCloseTo(Seconds(39.6 + (0.4 * 1.3)), Seconds(0.01));
    }

    [Test]
    public void Does_not_learn_from_a_cough_after_a_turn()
    {
        var turn = new Script();
        turn.Voice(1, 2);
        turn.Words("unclear", 2, at: 2.5);
        turn.Agent(AgentActivity.Answering, 2.5);
        turn.Voice(3, 3.3).Should().Equal("hold");
        turn.Words("unclear", 3.3, at: 3.5).Should().Equal("release");
        turn.Agent(AgentActivity.Idle, 4, settled: 3.3);
        turn.Voice(10, 11);
        turn.Words("unclear", 11, at: 11.2);

        turn.Next(11.2).Should().Be(Seconds(11.5));
    }

    [Test]
    public void Learns_most_from_a_turn_that_was_taken_too_early()
    {
        var turn = new Script();
        turn.Voice(1, 2);
        turn.Words("unclear", 2, at: 2.5);
        turn.Agent(AgentActivity.Answering, 2.5);
        turn.Voice(3, 4).Should().Equal("hold", "reopen");
        turn.Agent(AgentActivity.Idle, 4.1);
        turn.Words("unclear unclear", 4, at: 4.2);

        turn.Next(4.2).Should().Be(Seconds(4.9), "half of 500 ms and half of 1.3 s");
    }

    [Test]
    public void Counts_what_it_has_prepared_for_a_turn_that_is_opened_again()
    {
        var turn = new Script();
        var words = "";
        var prepared = new List<bool>();
        for (var i = 0; i < 5; i++)
        {
            words += $"w{i}.";
            turn.Voice((3 * i) + 1, (3 * i) + 2);
            turn.Agent(AgentActivity.Idle, (3 * i) + 2.2);
            prepared.Add(turn.Words(words, (3 * i) + 2, at: (3 * i) + 2.4).Contains($"prepare {words}"));
            turn.Agent(AgentActivity.Answering, (3 * i) + 2.4);
        }

        prepared.Should().Equal(true, true, true, false, false);
    }

    [Test]
    public void Releases_what_it_holds_when_nothing_is_left_to_wait_for()
    {
        var turn = new Script();
        turn.Agent(AgentActivity.Speaking, 1);
        turn.Voice(2, 3).Should().Equal("hold");

        turn.Settle(3).Should().Equal("release");
        turn.Next(3).Should().BeNull();
    }

    [Test]
    public void Is_never_at_a_deadline_that_has_passed()
    {
        var turn = new Script();
        turn.Voice(1, 2);

        for (var now = 2.2; now < 12; now += 0.1)
        {
            turn.Time(now);
            (turn.Next(now) ?? TimeSpan.MaxValue).Should().BeGreaterThan(Seconds(now), "a timer in the past would fire for ever");
        }

        turn.HasOpenTurn.Should().BeFalse("what has no words is given up");
    }

    [Test]
    public void Gives_a_held_answer_free_when_the_words_do_not_come()
    {
        var turn = new Script();
        turn.Voice(1, 2);
        turn.Words("whole.", 2, at: 2.4);
        turn.Agent(AgentActivity.Answering, 2.4);
        turn.Voice(3, 3.5).Should().Equal("hold");

        turn.Next(3.7).Should().Be(Seconds(5.5));
        turn.Time(5.5).Should().Equal("release");
    }

    [Test]
    public void Ignores_words_of_audio_that_was_answered()
    {
        var turn = new Script();
        turn.Voice(1, 2);
        turn.Words("whole.", 2, at: 2.4);
        turn.Agent(AgentActivity.Speaking, 2.4, settled: 2);
        turn.Begin(4);

        turn.Words("whole.", 2, at: 4.1).Should().BeEmpty();
        turn.Last(5).Should().Equal("hold");
    }

    private sealed class Script
    {
        private readonly TurnDetector _detector = new(new AgentSettings(), new Predictor());
        private readonly List<TurnAction> _actions = [];

        public bool HasOpenTurn => _detector.HasOpenTurn;

        public TimeSpan? Next(double now) => _detector.NextDeadline(Seconds(now));

        public List<string> Voice(double from, double to)
        {
            _detector.VoiceBegan(Seconds(from), Seconds(from + 0.04), _actions);
            for (var at = from + 0.1; at < to; at += 0.05)
            {
                _detector.VoiceLasted(Seconds(at), Seconds(at), _actions);
            }

            _detector.VoiceLasted(Seconds(to), Seconds(to), _actions);
            _detector.VoiceStopped(Seconds(to), Seconds(to + 0.16), _actions);
            return Done();
        }

        public List<string> Begin(double from)
        {
            _detector.VoiceBegan(Seconds(from), Seconds(from + 0.04), _actions);
            return Done();
        }

        public List<string> Last(double until)
        {
            _detector.VoiceLasted(Seconds(until), Seconds(until), _actions);
            return Done();
        }

        public List<string> Words(string words, double until, double at)
        {
            _detector.WordsChanged(words, isFinal: true, Seconds(until), Seconds(at), _actions);
            return Done();
        }

        public List<string> Time(double now)
        {
            _detector.DeadlineCame(Seconds(now), _actions);
            return Done();
        }

        public List<string> Settle(double until)
        {
            _detector.Settle(Seconds(until), _actions);
            return Done();
        }

        public void Agent(AgentActivity activity, double now, double? settled = null)
        {
            if (settled is { } until)
            {
                _detector.Settle(Seconds(until), _actions);
            }

            _detector.AgentBecame(activity, new InterruptionSettings(), Seconds(now), _actions);
        }

        private List<string> Done()
        {
            var done = _actions.Select(action => action switch
            {
                TurnAction.Prepare prepare => $"prepare {prepare.Words}",
                TurnAction.Take take => $"take {take.Words} after {take.Delay.TotalMilliseconds:0}",
                _ => action.GetType().Name.ToLowerInvariant(),
            }).ToList();
            _actions.Clear();
            return done;
        }
    }

    private sealed class Predictor : IEndOfTurnPredictor
    {
        public TurnCompleteness Predict(string text, string? language) =>
            text.EndsWith('.') ? TurnCompleteness.Complete : TurnCompleteness.Unclear;
    }
}

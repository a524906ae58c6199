using Aico.Abstractions.Audio;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;
using Aico.Host.Time;

namespace Aico.Host.Tests.Cli.Talk;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class TalkTransportTests
{
    private static readonly CallerLine Hello = new CallerLine.Spoken("hello.wav", Ramp(800));

    private readonly VirtualTime _time = new();
    private readonly CallProgress _progress = new();
    private readonly List<(TimeSpan At, AudioFrame Frame)> _frames = [];
    private readonly List<string> _typed = [];
    private readonly ConversationRecorder _recorder = new();
    private TalkClock _clock = null!;
    private bool _left;

    [Test]
    public void Hands_each_frame_over_when_its_last_sample_would_have_been_spoken_and_never_drifts()
    {
        Start([], new CallerScriptSettings { AwaitsGreeting = true });
        _progress.On(new AgentStateChanged(TimeSpan.Zero, AgentState.Thinking));

        for (var i = 0; i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(7));
        }

        _frames.Should().HaveCount(350);
        for (var i = 0; i < _frames.Count; i++)
        {
            _frames[i].Frame.Offset.Should().Be(i * TimeSpan.FromMilliseconds(20));
            _frames[i].Frame.Samples.Length.Should().Be(320);
            _frames[i].At.Should().Be(_frames[i].Frame.End);
        }
    }

    [Test]
    public void Speaks_at_once_without_a_greeting_and_fills_the_last_frame_with_silence()
    {
        Start([Hello]);
        _progress.On(new AgentStateChanged(TimeSpan.Zero, AgentState.Listening));

        _time.Advance(TimeSpan.FromSeconds(1));

        // The first frame was on its way when the agent began to listen.
        var heard = _frames.SelectMany(f => f.Frame.Samples.ToArray()).ToArray();
        heard.AsSpan(320, 800).SequenceEqual(Ramp(800)).Should().BeTrue();
        heard.AsSpan(320 + 800).ToArray().Should().OnlyContain(sample => sample == 0);
    }

    [Test]
    public void Waits_for_the_greeting_to_end_and_pauses_before_it_answers()
    {
        Start([Hello], new CallerScriptSettings { AwaitsGreeting = true, Pause = TimeSpan.FromMilliseconds(600) });
        Listens();
        Plays(0, TimeSpan.FromSeconds(2));
        _frames.Should().OnlyContain(f => IsSilent(f.Frame));

        _time.Advance(TimeSpan.FromSeconds(1));

        SpeechBegan().Should().BeCloseTo(TimeSpan.FromMilliseconds(2600), TimeSpan.FromMilliseconds(40));
    }

    [Test]
    public void Takes_the_next_turn_after_the_answer_and_the_pause_and_leaves_after_the_last_answer()
    {
        Start([Hello, new CallerLine.Spoken("next.wav", Ramp(1600))], new CallerScriptSettings { Pause = TimeSpan.FromMilliseconds(500) });
        Listens();
        _time.Advance(TimeSpan.FromSeconds(1));
        Hears();
        Plays(1, TimeSpan.FromSeconds(2));
        _frames.Clear();

        _time.Advance(TimeSpan.FromSeconds(1));
        SpeechBegan().Should().BeCloseTo(TimeSpan.FromMilliseconds(3500), TimeSpan.FromMilliseconds(40));
        _left.Should().BeFalse();
        Hears();
        Plays(2, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        _left.Should().BeTrue();
        var count = _frames.Count;
        _time.Advance(TimeSpan.FromSeconds(1));
        _frames.Should().HaveCount(count, "a caller who has left sends nothing");
    }

    [Test]
    public void Goes_on_when_no_answer_comes_within_the_limit()
    {
        Start([Hello, Hello], new CallerScriptSettings { NoAnswerAfter = TimeSpan.FromSeconds(8) });
        Listens();
        _time.Advance(TimeSpan.FromSeconds(7.9));
        _frames.RemoveAll(f => f.At < TimeSpan.FromMilliseconds(200));
        _frames.Should().OnlyContain(f => IsSilent(f.Frame));

        _time.Advance(TimeSpan.FromSeconds(1));

        SpeechBegan().Should().BeCloseTo(TimeSpan.FromMilliseconds(8080), TimeSpan.FromMilliseconds(60));
    }

    [Test]
    public void Waits_longer_for_an_agent_that_thinks()
    {
        Start([Hello, Hello]);
        Listens();
        _time.Advance(TimeSpan.FromSeconds(1));
        _progress.On(new AgentStateChanged(_clock.Now, AgentState.Thinking));
        _frames.Clear();

        _time.Advance(TimeSpan.FromSeconds(40));

        _frames.Should().OnlyContain(f => IsSilent(f.Frame));
    }

    [Test]
    public void Interrupts_when_asked_to_and_then_waits_for_the_answer_to_the_interruption()
    {
        Start([Hello, Hello], new CallerScriptSettings { InterruptAfter = TimeSpan.FromSeconds(1.5) });
        Listens();
        _time.Advance(TimeSpan.FromSeconds(1));
        Hears();
        _progress.On(new TurnDecided(_clock.Now, 1, "hello", TimeSpan.Zero));
        _progress.On(new PlaybackStarted(_clock.Now, 1));
        _progress.On(new AgentStateChanged(_clock.Now, AgentState.Speaking));
        _frames.Clear();

        _time.Advance(TimeSpan.FromSeconds(2));

        SpeechBegan().Should().BeCloseTo(TimeSpan.FromMilliseconds(2500), TimeSpan.FromMilliseconds(40));
        _progress.On(new VoiceStarted(_clock.Now, _clock.Now));
        _progress.On(new PlaybackEnded(_clock.Now, 1, true));
        _progress.On(new AgentStateChanged(_clock.Now, AgentState.Listening));
        _progress.On(new TurnCompleted(_clock.Now, new TurnRecord { Number = 1 }));
        _progress.On(new VoiceEnded(_clock.Now, _clock.Now));
        _time.Advance(TimeSpan.FromSeconds(1));
        _left.Should().BeFalse("the interruption is not answered yet");
    }

    [Test]
    public void Types_between_spoken_turns()
    {
        Start([new CallerLine.Typed("How are you?"), Hello]);
        Listens();
        _time.Advance(TimeSpan.FromMilliseconds(40));
        _typed.Should().Equal("How are you?");

        Plays(1, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        _frames.Should().Contain(f => !IsSilent(f.Frame));
    }

    [Test]
    public void Types_a_whole_script_without_audio_and_leaves()
    {
        _clock = new TalkClock(_time);
        var script = new CallerScript([new CallerLine.Typed("one"), new CallerLine.Typed("two")], new CallerScriptSettings(), _progress);
        var transport = new TalkTransport(_clock, script, null, false) { SendText = _typed.Add, CallerLeft = () => _left = true };
        var run = _time.Start(async () =>
        {
            await transport.TypeAsync(CancellationToken.None);
            return true;
        });
        Listens();

        _time.Advance(TimeSpan.FromMilliseconds(100));
        _typed.Should().Equal("one");
        Plays(1, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _typed.Should().Equal("one", "two");
        Plays(2, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        _left.Should().BeTrue();
        run.IsCompletedSuccessfully.Should().BeTrue();
        transport.EndsWithAudio.Should().BeFalse();
    }

    [Test]
    public void Records_what_was_heard_of_the_agent_and_not_what_was_cleared()
    {
        var transport = Start([], new CallerScriptSettings { AwaitsGreeting = true });
        var format = transport.OutputFormat;
        transport.Play(new AudioFrame(format, Ramp(4800), TimeSpan.FromMilliseconds(100)));
        _time.Advance(TimeSpan.FromMilliseconds(150));

        transport.ClearPlayback();

        var heard = _recorder.Agent().Samples;
        heard.Length.Should().Be(3600);
        heard.Slice(2400, 1200).Span.SequenceEqual(Ramp(4800).AsSpan(0, 1200)).Should().BeTrue();
    }

    private TalkTransport Start(IReadOnlyList<CallerLine> turns, CallerScriptSettings? settings = null)
    {
        _clock = new TalkClock(_time);
        var script = new CallerScript(turns, settings ?? new CallerScriptSettings(), _progress);
        var transport = new TalkTransport(_clock, script, _recorder, true) { SendText = _typed.Add, CallerLeft = () => _left = true };
        _time.Start(async () =>
        {
            await foreach (var frame in transport.ReadCallerAsync(CancellationToken.None))
            {
                _frames.Add((_clock.Now, frame));
            }

            return true;
        });
        return transport;
    }

    private void Listens() => _progress.On(new AgentStateChanged(_clock.Now, AgentState.Listening));

    private void Hears()
    {
        _progress.On(new VoiceStarted(_clock.Now, _clock.Now));
        _progress.On(new VoiceEnded(_clock.Now, _clock.Now));
    }

    private void Plays(int turn, TimeSpan duration)
    {
        _progress.On(new TurnDecided(_clock.Now, turn, "", TimeSpan.Zero));
        _progress.On(new PlaybackStarted(_clock.Now, turn));
        _progress.On(new AgentStateChanged(_clock.Now, AgentState.Speaking));
        _time.Advance(duration);
        _progress.On(new PlaybackEnded(_clock.Now, turn, false));
        _progress.On(new AgentStateChanged(_clock.Now, AgentState.Listening));
        _progress.On(new TurnCompleted(_clock.Now, new TurnRecord { Number = turn, CallerText = "hello" }));
    }

    private TimeSpan SpeechBegan() => _frames.First(f => !IsSilent(f.Frame)).Frame.Offset;

    private static bool IsSilent(AudioFrame frame) => !frame.Samples.Span.ContainsAnyExcept((short)0);

    private static short[] Ramp(int count) => [.. Enumerable.Range(1, count).Select(i => (short)i)];
}

using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.TurnTaking;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

/// <summary>Signals in the orders that only several threads bring about: here they are handed over by hand.</summary>
public class DialogueTests
{
    private readonly VirtualTime _time = new();
    private readonly List<CallEvent> _events = [];
    private ScriptedCaller _caller = null!;
    private ScriptedTextToSpeech _speech = null!;
    private CallMailbox _mailbox = null!;
    private Replies _replies = null!;
    private Dialogue _dialogue = null!;

    [SetUp]
    public void Open()
    {
        _events.Clear();
        _caller = new ScriptedCaller(_time);
        _speech = new ScriptedTextToSpeech(_time);
        _mailbox = new CallMailbox();
        var providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("llm", new ScriptedLanguageModel(_time)), TextToSpeech = ProviderChain<ITextToSpeech>.Of("tts", _speech) };
        var settings = new AgentSettings { Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero } };
        var call = new CallContext(CallIdentity.None, settings, providers, new CallClock(_time), _mailbox, new Observer(_events));
        var states = new CallStates(call);
        var detector = new TurnDetector(settings, new EndOfTurnHeuristic());
        _replies = new Replies(call, new Conversation(() => "", new HistorySettings()), new Playback(call, _caller), _caller.OutputFormat);
        var text = new CallerText();
        var agent = new AgentSide(call, detector, _replies, null, states, text);
        var silence = new SilenceWatch(settings.Silence);
        var limits = new CallLimits(settings, silence);
        _dialogue = new Dialogue(
            call, detector, _replies, agent, text, states, silence, limits, new Farewell(call, _replies, agent, states, limits), new NextTurn(call), _caller);
        OnPump(_dialogue.Begin);
    }

    [TearDown]
    public void Close()
    {
        OnPump(() => _ = _replies.StopAsync());
        _replies.Dispose();
    }

    [Test]
    public void Is_not_speaking_with_a_sound_that_was_held_before_it_was_known()
    {
        var reply = Taken();
        Handle(new CallSignal.VoiceBegan(_time.GetElapsedTime(0)));

        Handle(new CallSignal.PlaybackSounds(reply));

        State().Should().Be(AgentState.Thinking);
        _events.OfType<PlaybackStarted>().Should().BeEmpty("the turn may yet be open");
    }

    [Test]
    public void Takes_no_notice_of_a_reply_that_was_concluded()
    {
        var reply = Taken();
        Handle(new CallSignal.PlaybackSounds(reply));
        Handle(new CallSignal.Typed("Stop"));
        var events = _events.Count;
        var active = _replies.Active;

        Handle(new CallSignal.PlaybackSounds(reply));
        Handle(new CallSignal.PlaybackStarved(reply));
        Handle(new CallSignal.PlaybackFinished(reply));
        Handle(new CallSignal.ReplyMade(reply));

        _replies.Active.Should().BeSameAs(active).And.NotBeSameAs(reply);
        _events.Should().HaveCount(events);
    }

    [Test]
    public void Takes_no_notice_of_a_gap_in_what_is_held()
    {
        var reply = Taken();
        Handle(new CallSignal.PlaybackSounds(reply));
        var start = _time.GetElapsedTime(0);
        Handle(new CallSignal.VoiceBegan(start));
        Handle(new CallSignal.VoiceLasted(start + Seconds(0.3)));
        State().Should().Be(AgentState.Listening);

        Handle(new CallSignal.PlaybackStarved(reply));

        State().Should().Be(AgentState.Listening);
    }

    [Test]
    public void Takes_no_notice_of_words_that_were_read_before_others_were_dealt_with()
    {
        var reply = Taken();
        Handle(new CallSignal.PlaybackSounds(reply));
        var start = _time.GetElapsedTime(0);
        Handle(new CallSignal.VoiceBegan(start));

        Handle(new CallSignal.Words("Question? And more.", IsFinal: true, start + Seconds(0.5), Since: TimeSpan.Zero));

        _events.OfType<CallerTextChanged>().Should().ContainSingle("the transcriber reads the rest again");
    }

    [Test]
    public void Is_over_once_when_a_reply_finishes_while_it_is_held()
    {
        var reply = Taken();
        Handle(new CallSignal.PlaybackSounds(reply));
        var start = _time.GetElapsedTime(0);
        Handle(new CallSignal.VoiceBegan(start));
        Handle(new CallSignal.VoiceLasted(start + Seconds(0.3)));

        Handle(new CallSignal.PlaybackFinished(reply));
        Handle(new CallSignal.PlaybackFinished(reply));

        _events.OfType<TurnCompleted>().Should().ContainSingle();
        _replies.Active.Should().BeNull();
        State().Should().Be(AgentState.Listening);
    }

    private Reply Taken()
    {
        _time.Advance(Seconds(2));
        Handle(new CallSignal.VoiceBegan(Seconds(1)));
        Handle(new CallSignal.VoiceStopped(Seconds(1.5)));
        Handle(new CallSignal.Words("Question?", IsFinal: true, Seconds(1.5), Since: TimeSpan.Zero));
        return _replies.Active!;
    }

    private AgentState State() => _events.OfType<AgentStateChanged>().Last().State;

    private void Handle(CallSignal signal) => OnPump(() => _dialogue.Handle(signal));

    private void OnPump(Action action) => _time.Start(() =>
    {
        action();
        return Task.FromResult(0);
    });

    private sealed class Observer(List<CallEvent> events) : ICallObserver
    {
        public void On(CallEvent callEvent) => events.Add(callEvent);
    }
}

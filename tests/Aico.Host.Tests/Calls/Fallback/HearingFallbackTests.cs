using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using FluentAssertions;
using Microsoft.Extensions.AI;
using NUnit.Framework;

namespace Aico.Host.Tests.Calls.Fallback;

/// <summary>Speech-to-text that goes on elsewhere in the middle of a turn.</summary>
[TestFixture]
internal sealed class HearingFallbackTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private CallHarness _call = null!;
    private Chains _chains = null!;
    private ScriptedStreamingSpeechToText _first = null!;
    private ScriptedStreamingSpeechToText _second = null!;

    [SetUp]
    public void SetUp()
    {
        _first = new ScriptedStreamingSpeechToText();
        _second = new ScriptedStreamingSpeechToText();
        _call = new CallHarness { Streaming = _first };
        _chains = new Chains(_call.Time);
    }

    [TearDown]
    public async Task TearDown()
    {
        _call.Dispose();
        await _chains.Health.DisposeAsync();
    }

    [Test]
    public void Sends_the_second_what_came_since_the_last_final_words_of_the_first()
    {
        Hears(("first", _first), ("second", _second));
        _call.Caller.Says("One two three four?", from: 1, to: 5);
        _call.RunUntil(3.5);
        _first.Current.Final("One two", at: 3);
        _first.Current.Fail(Down);
        _call.RunUntil(5.2);

        _second.Current.Frames[0].Offset.Should().BeCloseTo(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(40));
        _second.Current.Final("three four?", at: 5);
        _call.RunUntil(9);

        _call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("One two three four?");
    }

    [Test]
    public void Opens_the_second_where_the_first_does_not_open()
    {
        Hears(("first", _first), ("second", _second));
        _first.OpenFailures.Enqueue(Down);

        _call.RunUntil(1);

        _first.Sessions.Should().BeEmpty();
        _second.Sessions.Should().ContainSingle();
        _call.Of<ProviderChanged>().Should().ContainSingle().Which.To.Should().Be("second");
    }

    [Test]
    public void Goes_back_to_the_first_after_a_turn_and_not_inside_one()
    {
        Hears(("first", _first), ("second", _second));
        _call.Caller.Says("One two?", from: 1, to: 4);
        _call.RunUntil(2);
        _first.Current.Fail(Down);
        _call.RunUntil(3.9);
        _chains.Health.Succeeded(Chains.Subject("first"));
        _call.RunUntil(4.2);
        _first.Sessions.Should().ContainSingle("the turn is not over");

        _second.Current.Final("One two?", at: 4);
        _call.RunUntil(8);

        _call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("One two?");
        _first.Sessions.Should().HaveCount(2);
        _second.Sessions[0].IsDisposed.Should().BeTrue();
        _first.Current.Frames[0].Offset.Should().BeGreaterThan(TimeSpan.FromSeconds(3.9), "what was answered is not heard again");
    }

    [Test]
    public void Lets_one_that_reads_utterances_go_on_for_one_that_streams()
    {
        var batch = new ScriptedSpeechToText(_call.Caller, _call.Time);
        Hears(("first", _first), ("second", batch));
        _call.Caller.Says("One two three four?", from: 1, to: 5);
        _call.RunUntil(2);

        _first.Current.Fail(Down);
        _call.RunUntil(9);

        _call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("One two three four?");
        batch.Utterances.Should().ContainSingle().Which.Start.Should().BeGreaterThan(TimeSpan.FromSeconds(0.4), "the silence before is left out");
        _call.Cancel();
        _call.Of<ProviderAttempted>().Select(attempted => attempted.Attempt).Single(attempt => attempt.Provider == "second").Audio
            .Should().Be(batch.Utterances[0].End - batch.Utterances[0].Start, "that is what it was given, and what it charges for");
    }

    [Test]
    public void Lets_one_that_streams_read_an_utterance_for_one_that_reads_them()
    {
        _call.Streaming = null;
        _call.SpeechToText.Failures.Enqueue(Down);
        Hears(("first", _call.SpeechToText), ("second", _second));
        _call.Caller.Says("One two?", from: 1, to: 2);
        _call.RunUntil(2.5);

        _second.Current.Final("One two?", at: 2);
        _second.Current.EndByItself();
        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("One two?");
    }

    [Test]
    public void Takes_a_session_that_leaves_a_turn_unanswered_for_no_outage_but_asks_the_second()
    {
        Hears(("first", _first), ("second", _second));
        _call.Caller.Says("Hello?", from: 1, to: 2);

        _call.RunUntil(6);

        _second.Sessions.Should().ContainSingle().Which.Frames[0].Offset.Should().BeLessThan(TimeSpan.FromSeconds(1));
        _chains.Health.Outages.Should().BeEmpty();
    }

    [Test]
    public void Goes_round_the_chain_where_nobody_makes_words_of_noise()
    {
        Hears(("first", _first), ("second", _second));
        foreach (var start in new[] { 1, 10, 30, 60 })
        {
            _call.Caller.Says("", from: start, to: start + 1);
        }

        _call.RunUntil(120);

        _call.Ending.IsCompleted.Should().BeFalse("noise is no reason to end a call");
        (_first.Sessions.Count, _second.Sessions.Count).Should().Be((4, 4), "each time the other is asked, and after the turn the first again");
    }

    [Test]
    public void Says_goodbye_where_nobody_hears()
    {
        Hears(("first", _first), ("second", _second));
        _call.RunUntil(1);
        foreach (var ear in new[] { _first, _second })
        {
            for (var i = 0; i < 5; i++)
            {
                ear.OpenFailures.Enqueue(Down);
            }
        }

        _first.Current.Fail(Down);
        _call.RunUntil(20);

        _call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Reports_how_much_each_session_has_heard_also_when_the_call_ends()
    {
        Hears(("first", _first), ("second", _second));
        _call.RunUntil(2);
        _first.Current.Fail(Down);
        _call.RunUntil(5);

        _call.Cancel();

        var attempts = _call.Of<ProviderAttempted>().Select(attempted => attempted.Attempt).ToList();
        attempts.Select(attempt => (attempt.Provider, attempt.Outcome)).Should().Equal(("first", AttemptOutcome.Failed), ("second", AttemptOutcome.Useful));
        attempts[0].Audio.Should().BeCloseTo(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(60));
    }

    [Test]
    public void Measures_what_each_frame_adds_without_allocating()
    {
        Hears(("first", _first));
        _call.RunUntil(0.1);
        var providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("llm", _call.LanguageModel) };
        var context = new CallContext(CallIdentity.None, _call.Settings, providers, new CallClock(_call.Time), new CallMailbox(), _call);
        var meter = new AttemptMeter(context, CallStage.SpeechToText, Chains.Subject("stt"), 0, null);
        var silence = new ProviderSilence(TimeSpan.FromSeconds(8)) { AnswerWithin = TimeSpan.FromSeconds(3) };
        void Frame()
        {
            meter.AddAudio(TimeSpan.FromMilliseconds(20));
            silence.Add(TimeSpan.FromMilliseconds(1));
            silence.Wait(TimeSpan.FromMilliseconds(1));
            silence.Ended();
        }

        Frame();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Frame();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private void Hears(params (string Key, object Provider)[] entries) =>
        _call.Providers = providers => providers with { SpeechToText = _chains.Hearing(entries) };
}

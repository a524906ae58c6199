using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Speaking;
using Aico.Testing.Calls;
using FluentAssertions;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using static Aico.Testing.Calls.ScriptedLanguageModel;

namespace Aico.Host.Tests.Calls.Fallback;

/// <summary>Calls with two providers of each kind of which the first fails.</summary>
[TestFixture]
internal sealed class FallbackTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private CallHarness _call = null!;
    private Chains _chains = null!;
    private ScriptedLanguageModel _secondModel = null!;
    private ScriptedTextToSpeech _secondVoice = null!;
    private ScriptedSpeechToText _secondEar = null!;

    [SetUp]
    public void SetUp()
    {
        _call = new CallHarness();
        _chains = new Chains(_call.Time);
        _secondModel = new ScriptedLanguageModel(_call.Time);
        _secondVoice = new ScriptedTextToSpeech(_call.Time) { Format = new(16_000, 1) };
        _secondEar = new ScriptedSpeechToText(_call.Caller, _call.Time);
        _call.Providers = providers => providers with
        {
            LanguageModel = _chains.Of<IChatClient>(("llm", _call.LanguageModel), ("llm2", _secondModel)),
            TextToSpeech = _chains.Of<ITextToSpeech>(("tts", _call.TextToSpeech), ("tts2", _secondVoice)),
            SpeechToText = _chains.Hearing(("stt", _call.Streaming ?? (object)_call.SpeechToText), ("stt2", _secondEar)),
        };
        _call.Caller.Says("Question?", from: 1, to: 2);
    }

    [TearDown]
    public async Task TearDown()
    {
        _call.Dispose();
        await _chains.Health.DisposeAsync();
        _secondModel.Dispose();
    }

    [Test]
    public void Asks_the_second_of_nothing_while_the_first_serves()
    {
        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        (_secondModel.Requests.Count, _secondVoice.Sessions, _secondEar.Requests).Should().Be((0, 0, 0));
        Attempts().Should().Equal(
            ("stt", 0, AttemptOutcome.Useful), ("llm", 0, AttemptOutcome.Useful), ("tts", 0, AttemptOutcome.Useful));
        _call.Of<ProviderChanged>().Should().BeEmpty();
    }

    [Test]
    public void Answers_with_the_second_of_each_kind_where_the_first_fails()
    {
        _call.SpeechToText.Failures.Enqueue(Down);
        _call.LanguageModel.Failures.Enqueue(Down);
        _call.TextToSpeech.OpenFailures.Enqueue(Down);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        _call.Caller.HeardDuration.Should().Be(ScriptedTextToSpeech.DurationOf("You said Question?"));
        Attempts().Should().BeEquivalentTo([
            ("stt", 0, AttemptOutcome.Failed), ("stt2", 1, AttemptOutcome.Useful), ("llm", 0, AttemptOutcome.Failed), ("llm2", 1, AttemptOutcome.Useful),
            ("tts", 0, AttemptOutcome.Failed), ("tts2", 1, AttemptOutcome.Useful),
        ]);
        _call.Of<ProviderChanged>().Select(change => (change.From, change.To)).Should().BeEquivalentTo([("stt", "stt2"), ("llm", "llm2"), ("tts", "tts2")]);
    }

    [Test]
    public void Loses_no_time_where_the_first_is_known_to_be_out()
    {
        _call.RunUntil(1.9);
        _chains.Health.Failed(Chains.Subject("llm"), Down);
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromHours(1);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        _call.LanguageModel.Requests.Should().BeEmpty();
    }

    [Test]
    public void Gives_a_model_that_says_nothing_up_within_its_budget()
    {
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromHours(1);
        using var plain = new CallHarness();
        plain.Caller.Says("Question?", from: 1, to: 2);
        plain.RunUntil(8);

        _call.RunUntil(10);

        var late = _call.Turns[0].AgentStart!.Value - plain.Turns[0].AgentStart!.Value;
        late.Should().BeLessThanOrEqualTo(_call.Settings.Thinking.TokenBudget).And.BeGreaterThan(_call.Settings.Thinking.TokenBudget - TimeSpan.FromSeconds(1));
    }

    [Test]
    public void Asks_nobody_more_when_the_caller_has_waited_for_long_enough()
    {
        _call.Settings = _call.Settings with { ChainDeadline = TimeSpan.FromSeconds(2) };
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromHours(1);

        _call.RunUntil(10);

        _secondModel.Requests.Should().BeEmpty();
        _call.Turns.Select(turn => turn.HeardText).Should().Equal("", _call.Settings.Apology);
    }

    [Test]
    public void Goes_back_to_the_first_when_it_serves_again()
    {
        _call.LanguageModel.Failures.Enqueue(Down);
        _call.Caller.Says("More?", from: 8, to: 9);

        _call.RunUntil(12);

        _call.Turns.Select(turn => turn.HeardText).Should().Equal("You said Question?", "You said More?");
        Attempts().Where(attempt => attempt.Provider.StartsWith("llm", StringComparison.Ordinal)).Should().Equal(
            ("llm", 0, AttemptOutcome.Failed), ("llm2", 1, AttemptOutcome.Useful), ("llm", 0, AttemptOutcome.Useful));
    }

    [Test]
    public void Continues_with_the_second_model_what_the_first_began_to_say()
    {
        _call.LanguageModel.Says(new Answer("It is three o'clock. And the wea") { FailsAfterText = Down });
        _secondModel.Says("The weather is fine.");

        _call.RunUntil(10);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("It is three o'clock. The weather is fine.");
        _secondModel.Requests.Should().ContainSingle().Which.Should().Contain(message => message.Role == ChatRole.Assistant && message.Text == "It is three o'clock.");
    }

    [Test]
    public void Goes_on_with_the_second_voice_behind_the_last_word_of_the_first()
    {
        _call.LanguageModel.Says("one two three four.");
        _call.TextToSpeech.SecondHalfAfter = TimeSpan.FromHours(1);

        _call.RunUntil(12);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("one two three four.");
        _secondVoice.Sentences.Select(text => text.Trim()).Should().Equal("three four.");
        _call.Caller.HeardDuration.Should().BeCloseTo(ScriptedTextToSpeech.DurationOf("one two three four."), TimeSpan.FromMilliseconds(60), "nothing is said twice and nothing is left out");
    }

    [Test]
    public void Keeps_the_agents_voice_to_the_provider_that_has_it()
    {
        _call.Settings = _call.Settings with { Voice = "anna" };
        _call.TextToSpeech.OpenFailures.Enqueue(Down);

        _call.RunUntil(6);

        _call.TextToSpeech.Requests.Should().ContainSingle().Which.Voice.Should().Be("anna");
        _secondVoice.Requests.Should().ContainSingle().Which.Voice.Should().BeNull();
    }

    [Test]
    public void Says_a_fixed_sentence_where_a_filter_refuses_and_asks_nobody_else()
    {
        _call.LanguageModel.Says(new Answer("") { Finish = ChatFinishReason.ContentFilter });

        _call.RunUntil(8);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(_call.Settings.Thinking.FilteredAnswer);
        _secondModel.Requests.Should().BeEmpty();
    }

    [Test]
    public void Asks_the_second_where_the_first_answers_nothing()
    {
        _call.LanguageModel.Says("");

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
    }

    [Test]
    public void Apologizes_where_nobody_is_left()
    {
        _call.LanguageModel.Failures.Enqueue(Down);
        _secondModel.Failures.Enqueue(Down);

        _call.RunUntil(8);

        _call.Turns.Select(turn => turn.HeardText).Should().Equal("", _call.Settings.Apology);
    }

    [Test]
    public void Hangs_up_without_a_word_where_that_is_wished()
    {
        _call.Settings = _call.Settings with { FailureEnding = FailureEnding.HangUp, MaximumFailedTurns = 1 };
        _call.LanguageModel.Failures.Enqueue(Down);
        _secondModel.Failures.Enqueue(Down);

        _call.RunUntil(8);

        _call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
        _call.Caller.HeardDuration.Should().Be(TimeSpan.Zero);
    }

    [Test]
    public void Excuses_itself_with_a_recording_where_no_voice_is_left()
    {
        var chained = _call.Providers;
        _call.Providers = providers => chained(providers) with { Recordings = new Recorded(_call.Settings.Apology, seconds: 2) };
        for (var i = 0; i < 10; i++)
        {
            _call.TextToSpeech.OpenFailures.Enqueue(Down);
            _secondVoice.OpenFailures.Enqueue(Down);
        }

        _call.RunUntil(12);

        _call.Turns.Select(turn => turn.HeardText).Should().Equal("", _call.Settings.Apology);
        _call.Caller.HeardDuration.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Test]
    public void Counts_a_preemptive_answer_that_was_thrown_away_as_speculative()
    {
        _call.Caller.Says("And another one?", from: 2.2, to: 3.2);
        _call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(1);

        _call.RunUntil(12);

        Attempts().Should().Contain(("llm", 0, AttemptOutcome.Speculative)).And.Contain(("llm", 0, AttemptOutcome.Useful));
    }

    private List<(string Provider, int Position, AttemptOutcome Outcome)> Attempts() =>
        [.. _call.Of<ProviderAttempted>().Select(attempted => (attempted.Attempt.Provider, attempted.Attempt.Position, attempted.Attempt.Outcome))];

    private sealed class Recorded(string text, int seconds) : IRecordings
    {
        public ReadOnlyMemory<short>? Find(string wanted) => wanted == text ? new short[24_000 * seconds] : null;
    }
}

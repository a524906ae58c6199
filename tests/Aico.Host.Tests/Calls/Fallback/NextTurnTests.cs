using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls.Fallback;

/// <summary>What is made ready while the caller speaks.</summary>
internal sealed class NextTurnTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private CallHarness _call = null!;
    private Chains _chains = null!;
    private ScriptedTextToSpeech _secondVoice = null!;
    private Func<CancellationToken, ValueTask<CallProviders?>>? _renew;

    [SetUp]
    public void SetUp()
    {
        _renew = null;
        _call = new CallHarness();
        _chains = new Chains(_call.Time);
        _secondVoice = new ScriptedTextToSpeech(_call.Time);
        _call.Providers = providers => providers with
        {
            TextToSpeech = _chains.Of<ITextToSpeech>(("tts", _call.TextToSpeech), ("tts2", _secondVoice)),
            Renew = _renew,
        };
        _call.Caller.Says("Question?", from: 1, to: 2);
    }

    [TearDown]
    public async Task TearDown()
    {
        _call.Dispose();
        await _chains.Health.DisposeAsync();
    }

    [Test]
    public void Prepares_the_voice_that_will_answer_while_the_caller_speaks()
    {
        _call.Settings = _call.Settings with { Voice = "anna" };

        _call.RunUntil(1.5);

        _call.TextToSpeech.Prepared.Should().ContainSingle().Which.Voice.Should().Be("anna");
        (_call.TextToSpeech.Sessions, _secondVoice.Prepared.Count).Should().Be((0, 0));
    }

    [Test]
    public void Prepares_the_second_where_the_first_is_known_to_be_out()
    {
        _chains.Health.Failed(Chains.Subject("tts"), Down);

        _call.RunUntil(1.5);

        (_call.TextToSpeech.Prepared.Count, _secondVoice.Prepared.Count).Should().Be((0, 1));
    }

    [Test]
    public void A_voice_that_cannot_be_prepared_is_not_asked_to_answer()
    {
        // Known just before the answer, so that its first cool-down is not over.
        _call.TextToSpeech.PrepareDelay = TimeSpan.FromMilliseconds(900);
        _call.TextToSpeech.PrepareFailures.Enqueue(Down);

        _call.RunUntil(6);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        (_call.TextToSpeech.Requests.Count, _secondVoice.Sessions).Should().Be((0, 1));
        _call.Of<StageFailed>().Should().ContainSingle().Which.Provider.Should().Be("tts");
    }

    [Test]
    public void A_preparation_that_hangs_holds_nothing_up_and_ends_with_the_call()
    {
        _call.TextToSpeech.PrepareDelay = TimeSpan.FromHours(1);

        _call.RunUntil(6);
        _call.Cancel();

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        _call.Ending.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void A_changed_configuration_answers_the_turn_that_the_caller_begins_after_it()
    {
        using var model = new ScriptedLanguageModel(_call.Time);
        var asked = 0;
        _renew = _ => ValueTask.FromResult(++asked == 2
            ? new CallProviders { LanguageModel = _chains.Of<IChatClient>(("other-llm", model)), TextToSpeech = _chains.Of<ITextToSpeech>(("other-tts", _secondVoice)) }
            : null);
        _call.Caller.Says("More?", from: 8, to: 9);

        _call.RunUntil(13);

        _call.Turns.Select(turn => turn.HeardText).Should().Equal("You said Question?", "You said More?");
        (_call.LanguageModel.Requests.Count, model.Requests.Count).Should().Be((1, 1));
        (_call.TextToSpeech.Sessions, _secondVoice.Sessions).Should().Be((1, 1));
        _call.Of<ProviderChanged>().Select(change => (change.From, change.To)).Should().BeEquivalentTo([("llm", "other-llm"), ("tts", "other-tts")]);
    }

    [Test]
    public void An_answer_under_way_ends_with_the_voice_that_began_it()
    {
        using var model = new ScriptedLanguageModel(_call.Time);
        _call.Settings = _call.Settings with { Interruption = _call.Settings.Interruption with { MinimumDuration = TimeSpan.FromSeconds(5) } };
        _call.LanguageModel.Says("one two three four five. six seven eight nine ten.");
        _call.LanguageModel.TokenDelay = TimeSpan.FromMilliseconds(300);
        var asked = 0;
        _renew = _ => ValueTask.FromResult(++asked == 2
            ? new CallProviders { LanguageModel = _chains.Of<IChatClient>(("other-llm", model)), TextToSpeech = _chains.Of<ITextToSpeech>(("other-tts", _secondVoice)) }
            : null);
        _call.Caller.Says("Hm.", from: 4, to: 4.3);

        _call.RunUntil(12);

        asked.Should().Be(2);
        _call.TextToSpeech.Sentences.Select(text => text.Trim()).Should().Equal("one two three four five.", "six seven eight nine ten.");
    }

    [Test]
    public void Speech_to_text_goes_over_between_two_turns()
    {
        var (first, second) = (new ScriptedStreamingSpeechToText(), new ScriptedStreamingSpeechToText());
        var chained = _call.Providers;
        _call.Providers = providers => chained(providers) with { SpeechToText = _chains.Hearing(("stt", first)) };
        var asked = 0;
        _renew = _ => ValueTask.FromResult(++asked == 1
            ? new CallProviders { LanguageModel = _chains.Of<IChatClient>(("llm", _call.LanguageModel)), SpeechToText = _chains.Hearing(("other-stt", second)) }
            : null);

        _call.RunUntil(1.8);
        (first.Sessions.Count, second.Sessions.Count, asked).Should().Be((1, 0, 1));
        first.Current.Final("Question?", at: 2);
        _call.RunUntil(7);

        _call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        (first.Sessions.Count, second.Sessions.Count).Should().Be((1, 1));
        _call.Of<ProviderChanged>().Select(change => (change.From, change.To)).Should().Equal(("stt", "other-stt"));
    }
}

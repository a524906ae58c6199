using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;
using Aico.Testing.OpenAI;
using Aico.Testing.Whisper;
using Microsoft.AspNetCore.Http;

namespace Aico.Plugins.Tests.Whisper;

/// <summary>What is made of answers.</summary>
public class WhisperAnswerTests : WhisperTest
{
    [Test]
    public async Task Gives_words_on_the_calls_clock_with_language_and_confidence()
    {
        await StartAsync(new FakeOpenAIAudio());

        var transcript = await HearAsync(Whisper(settings => settings with { Model = "whisper-1" }));

        transcript.Text.Should().Be("Ten of clubs.");
        transcript.Language.Should().Be("en");
        transcript.Confidence.Should().BeApproximately(Math.Exp(-0.2), 0.001);
        transcript.Words.Should().Equal(Word("Ten", 10.1, 10.3), Word("of", 10.3, 10.5), Word("clubs", 10.5, 11.0));
    }

    [Test]
    public async Task Joins_the_tokens_of_whisper_cpp_to_words()
    {
        await StartAsync(new FakeWhisperCpp());

        var transcript = await HearAsync(Whisper());

        transcript.Text.Should().Be("Ten of clubs.");
        transcript.Words.Should().Equal(Word("Ten", 10.1, 10.3), Word("of", 10.3, 10.5), Word("clubs.", 10.5, 11.0));
    }

    [Test]
    public async Task Leaves_out_what_is_probably_no_speech()
    {
        var transcript = await ReadAsync(TwoSegments);

        transcript.Text.Should().Be("Ten of clubs.");
        transcript.Words.Should().Equal(Word("Ten", 10.1, 10.3));
        transcript.Confidence.Should().BeApproximately(Math.Exp(-0.1), 0.001);
    }

    [Test]
    public async Task Keeps_everything_where_the_threshold_says_so() =>
        (await ReadAsync(TwoSegments.Replace("0.6}", "1.0}", StringComparison.Ordinal), threshold: 1)).Text.Should().Be("Ten of clubs. Thank you.");

    [Test]
    public async Task Joins_segments_that_have_no_blanks_of_their_own() => (await ReadAsync(
        """{"text":"x","segments":[{"text":"Ten of","no_speech_prob":0},{"text":"Thanks.","no_speech_prob":0.9},{"text":"clubs.","no_speech_prob":0}]}"""))
        .Text.Should().Be("Ten of clubs.");

    [Test]
    public async Task Keeps_a_text_whose_probabilities_are_not_told() =>
        (await ReadAsync("""{"text":" Ten of clubs. ","segments":[{"text":"Ten of clubs.","no_speech_prob":null,"avg_logprob":null}]}"""))
            .Should().BeEquivalentTo(new Transcript("Ten of clubs."));

    [TestCase(" [BLANK_AUDIO]\\n", "")]
    [TestCase("(music) *sighs* ♪.", "")]
    [TestCase("[_", "[_")]
    [TestCase("Press [1] now.", "Press [1] now.")]
    [TestCase("[Music] Hello.", "[Music] Hello.")]
    [TestCase("...", "")]
    [TestCase(" Ten of\\n clubs.\\n", "Ten of clubs.")]
    public async Task Takes_a_text_of_nothing_but_notes_for_none(string text, string expected) =>
        (await ReadAsync($$"""{"text":"{{text}}"}""")).Text.Should().Be(expected);

    [TestCase("German", "de")]
    [TestCase("norwegian", "no")]
    [TestCase("javanese", "jv")]
    [TestCase("pt", "pt")]
    [TestCase("klingon", null)]
    [TestCase("", null)]
    public async Task Knows_the_language_by_its_name(string name, string? tag) =>
        (await ReadAsync($$"""{"text":"Hm.","language":"{{name}}"}""")).Language.Should().Be(tag);

    [TestCase("no JSON")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"text":7}""")]
    [TestCase("""{"text":"a","segments":[{"words":[{"word":"a","start":1e300,"end":1e300}]}]}""")]
    [TestCase("")]
    public async Task Takes_garbage_for_a_broken_protocol(string answer)
    {
        var read = () => ReadAsync(answer);

        (await read.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public async Task Refuses_an_answer_without_an_end()
    {
        var read = () => ReadAsync($$"""{"text":"{{new string('a', 10_000_000)}}"}""");

        var error = (await read.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.ProtocolError);
        error.Message.Should().Contain("too long");
    }

    private const string TwoSegments = """
        {"text":"Ten of clubs. Thank you.","segments":[
          {"start":0.1,"end":0.5,"text":" Ten of clubs.","avg_logprob":-0.1,"no_speech_prob":0.59},
          {"start":0.5,"end":1.0,"text":" Thank you.","avg_logprob":-0.9,"no_speech_prob":0.6}],
         "words":[{"word":"Ten","start":0.1,"end":0.3},{"word":"Thank","start":0.5,"end":0.7},{"word":"you","start":0.7,"end":1.0}]}
        """;

    private static TranscriptWord Word(string text, double start, double end) => new(text, TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));

    private async Task<Transcript> ReadAsync(string answer, double threshold = 0.6)
    {
        await StartAsync(new FakeOpenAIAudio
        {
            Transcribe = context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(answer);
            },
        });
        return await HearAsync(Whisper(settings => settings with { Model = "whisper-1", NoSpeechThreshold = threshold }));
    }
}

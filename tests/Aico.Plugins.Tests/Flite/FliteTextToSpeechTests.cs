using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Flite;
using Aico.Testing;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Flite;

public sealed class FliteTextToSpeechTests : IDisposable
{
    private const string Sentence = "I will move forward ten meters now.";

    private readonly TestProviderContext _context = new();

    public void Dispose() => _context.Dispose();

    [TestCase("slt", 16_000)]
    [TestCase("rms", 16_000)]
    [TestCase("awb", 16_000)]
    [TestCase("kal16", 16_000)]
    [TestCase("kal", 8_000)]
    public async Task Speaks_with_every_voice(string voice, int sampleRate)
    {
        var spoken = await Spoken.SayAsync(Create(), Request with { Voice = voice }, Sentence);

        spoken.Format.SampleRate.Should().Be(sampleRate);
        spoken.Format.Channels.Should().Be(1);
        spoken.Duration.TotalSeconds.Should().BeInRange(1.5, 3);
        spoken.Loudness.Should().BeInRange(800, 8_000);
        spoken.Text.Should().Be(Sentence);
    }

    [Test]
    public async Task Begins_with_the_word_and_not_with_flites_silence([Values("slt", "rms", "awb", "kal16")] string voice, [Values("Yes.", Sentence)] string text)
    {
        var spoken = await Spoken.SayAsync(Create(), Request with { Voice = voice }, text);

        var onset = Array.FindIndex(spoken.Samples, sample => Math.Abs((int)sample) > 300) / 16.0;
        // The untrimmed voices begin with 140 to 320 ms; what is left is the margin and a soft consonant.
        onset.Should().BeLessThan(110, "milliseconds");
    }

    [TestCase("Yes.", 400)]
    [TestCase("Yes,", 70)]
    public async Task Pauses_after_a_piece_as_its_punctuation_asks(string text, int expectedMs)
    {
        var settings = new FliteSettings { SentencePauseMs = 400, ClausePauseMs = 70 };
        var bare = await Spoken.SayAsync(new FliteTextToSpeech(settings with { SentencePauseMs = 0, ClausePauseMs = 0 }, _context), Request, text);

        var spoken = await Spoken.SayAsync(new FliteTextToSpeech(settings, _context), Request, text);

        (spoken.Duration - bare.Duration).TotalMilliseconds.Should().BeApproximately(expectedMs, 5);
    }

    [Test]
    public async Task Keeps_as_much_silence_before_the_word_as_is_set()
    {
        var close = await Spoken.SayAsync(new FliteTextToSpeech(new FliteSettings { LeadingSilenceMs = 0 }, _context), Request, "Yes.");
        var far = await Spoken.SayAsync(new FliteTextToSpeech(new FliteSettings { LeadingSilenceMs = 100 }, _context), Request, "Yes.");

        (far.Duration - close.Duration).TotalMilliseconds.Should().BeApproximately(100, 5);
    }

    [Test]
    public async Task Speaks_faster_when_it_is_told_so()
    {
        var normal = await Spoken.SayAsync(Create(), Request, Sentence);
        var fast = await Spoken.SayAsync(new FliteTextToSpeech(new FliteSettings { Rate = 1.5 }, _context), Request, Sentence);

        (normal.Duration / fast.Duration).Should().BeInRange(1.25, 1.6, "pauses do not shrink");
    }

    [Test]
    public async Task Gives_each_word_with_its_audio()
    {
        var spoken = await Spoken.SayAsync(Create(), Request, "Hello there, café owner: I paid $3.50 – “thanks”!");

        var words = spoken.Chunks.Where(chunk => chunk.SpokenText != "").ToList();
        words.Select(chunk => chunk.SpokenText).Should().Equal("Hello ", "there, ", "café ", "owner: ", "I ", "paid ", "$3.50 – ", "“thanks”!");
        // "three dollars fifty cents" takes far longer than "I": the times are those of the words.
        var amount = words[7].Audio.Offset - words[6].Audio.Offset;
        amount.Should().BeGreaterThan(TimeSpan.FromSeconds(1));
        (words[5].Audio.Offset - words[4].Audio.Offset).Should().BeLessThan(TimeSpan.FromMilliseconds(400));
    }

    [Test]
    public async Task Speaks_accented_letters_like_plain_ones()
    {
        var plain = await Spoken.SayAsync(Create(), Request, "The cafe and the naive resume.");
        var accented = await Spoken.SayAsync(Create(), Request, "The café and the naïve résumé.");

        accented.Duration.Should().BeCloseTo(plain.Duration, TimeSpan.FromMilliseconds(20));
    }

    [Test]
    public async Task Says_nothing_for_an_emoji_but_gives_its_text()
    {
        var spoken = await Spoken.SayAsync(Create(), Request, "😀 ");

        spoken.Text.Should().Be("😀 ");
        spoken.Samples.Should().BeEmpty();
    }

    [Test]
    public async Task Refuses_text_in_another_script()
    {
        var speak = () => Spoken.SayAsync(Create(), Request, "Добрый день.");

        (await speak.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Names_its_voices_where_one_is_asked_for_that_it_lacks()
    {
        var open = () => Create().OpenAsync(Request with { Voice = "anna" }, default).AsTask();

        (await open.Should().ThrowAsync<ProviderException>()).WithMessage("flite has no voice \"anna\". It has slt, rms, awb, kal16, kal.");
    }

    [Test]
    public async Task Speaks_for_many_calls_at_once()
    {
        var speech = Create();
        var spoken = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Spoken.SayAsync(speech, Request, Sentence)));

        // Voices draw their breath at random, but its length is fixed.
        spoken.Select(one => one.Samples.Length).Distinct().Should().ContainSingle();
        spoken.Should().OnlyContain(one => one.Loudness > 800);
    }

    private static TextToSpeechRequest Request { get; } = new(CallIdentity.None);

    private FliteTextToSpeech Create() => new(new FliteSettings(), _context);
}

using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Espeak;
using Aico.Testing;
using Aico.Testing.Conformance;
using Microsoft.Extensions.Logging;

namespace Aico.Plugins.Tests.Espeak;

public sealed class EspeakTextToSpeechTests : IDisposable
{
    private readonly TestProviderContext _context = new();

    public void Dispose() => _context.Dispose();

    [TestCase("en-US", "Good morning, how are you?")]
    [TestCase("de-DE", "Guten Morgen, wie geht es Ihnen?")]
    [TestCase("fr", "Bonjour, comment allez-vous ?")]
    [TestCase("ru", "Доброе утро, как дела?")]
    [TestCase("zh-CN", "早上好，你好吗？")]
    [TestCase("ar", "صباح الخير")]
    public async Task Speaks_languages(string language, string text)
    {
        var spoken = await Spoken.SayAsync(Create(), Request with { Language = language }, text);

        spoken.Format.Should().Be(new Abstractions.Audio.AudioFormat(22_050, 1));
        spoken.Duration.TotalSeconds.Should().BeInRange(0.8, 4);
        spoken.Loudness.Should().BeInRange(800, 12_000);
        spoken.Text.Should().Be(text);
    }

    [Test]
    public async Task Speaks_every_language_that_it_tells_of()
    {
        foreach (var language in EspeakLanguages.Documented)
        {
            var spoken = await Spoken.SayAsync(Create(), Request with { Language = language }, "12");
            spoken.Duration.TotalSeconds.Should().BeInRange(0.2, 4, language);
        }
    }

    [TestCase("--version")]
    [TestCase("[[h@]] and [[x]]")]
    [TestCase("<b>bold</b> & <break/>")]
    [TestCase("one\0two three four")]
    public async Task Speaks_what_looks_like_a_command(string text)
    {
        var spoken = await Spoken.SayAsync(Create(), Request, text);

        spoken.Duration.TotalSeconds.Should().BeGreaterThan(0.45);
        spoken.Text.Should().Be(text);
    }

    [Test]
    public async Task Ends_a_sentence_with_the_pause_that_is_set()
    {
        var none = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { SentencePauseMs = 0 }, _context), Request, "Yes.");
        var pause = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { SentencePauseMs = 500 }, _context), Request, "Yes.");

        (pause.Duration - none.Duration).TotalMilliseconds.Should().BeApproximately(500, 1);
        none.Duration.TotalMilliseconds.Should().BeLessThan(500, "the program's own 300 ms are left out");
    }

    [Test]
    public async Task Speaks_faster_when_it_is_told_so()
    {
        const string Text = "This is a sentence of some length.";
        var slow = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { WordsPerMinute = 100 }, _context), Request, Text);
        var fast = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { WordsPerMinute = 250 }, _context), Request, Text);

        (slow.Duration / fast.Duration).Should().BeGreaterThan(1.7);
    }

    [Test]
    public async Task Speaks_higher_when_it_is_told_so()
    {
        var low = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { Pitch = 10 }, _context), Request, "aah");
        var high = await Spoken.SayAsync(new EspeakTextToSpeech(new EspeakSettings { Pitch = 90 }, _context), Request, "aah");

        PitchHz(high).Should().BeGreaterThan(PitchHz(low) * 1.3);
    }

    [TestCase("../../../etc/passwd")]
    [TestCase("-w/tmp/x")]
    [TestCase("en us")]
    [TestCase("en\n")]
    [TestCase("")]
    public async Task Takes_no_voice_that_could_be_a_path_or_an_option(string voice)
    {
        var open = () => Create().OpenAsync(Request with { Voice = voice }, default).AsTask();

        (await open.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Says_what_the_program_said_when_it_failed()
    {
        var speak = () => Spoken.SayAsync(Create(), Request with { Voice = "zzz" }, "Hello.");

        var error = (await speak.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain("exit code 1").And.Contain("voice does not exist");
    }

    [Test]
    public void Says_how_to_get_the_program_where_it_is_missing()
    {
        FluentActions.Invoking(() => new EspeakTextToSpeech(new EspeakSettings(), new EmptyContext())).Should().Throw<ProviderException>()
            .WithMessage("*apt-get install espeak-ng*").Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public async Task Leaves_no_program_behind_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var run = EspeakRun.Start(_context.Find(EspeakPlugin.Program)!, "en-us", new EspeakSettings(), cancel.Token);
        // It waits for the rest of its text for ever.
        Directory.Exists($"/proc/{run.Id}").Should().BeTrue();
        var reading = WavHeader.ReadAsync(run.Audio, new(22_050, 1), default);

        await cancel.CancelAsync();

        (await reading.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeFalse("the stream ends with the program");
        await run.DisposeAsync();
        Directory.Exists($"/proc/{run.Id}").Should().BeFalse("neither a running program nor a zombie is left");
    }

    private static TextToSpeechRequest Request { get; } = new(CallIdentity.None);

    private EspeakTextToSpeech Create() => new(new EspeakSettings(), _context);

    /// <summary>The period after which 100 ms from the middle of the vowel look most like themselves.</summary>
    private static double PitchHz(Spoken spoken)
    {
        var rate = spoken.Format.SampleRate;
        var vowel = spoken.Samples.AsSpan(rate / 10, rate / 10).ToArray();
        var period = Enumerable.Range(rate / 400, (rate / 60) - (rate / 400))
            .MaxBy(lag => vowel.Skip(lag).Zip(vowel, (a, b) => (double)a * b).Sum() / (vowel.Length - lag));
        return (double)rate / period;
    }

    private sealed class EmptyContext : IProviderContext
    {
        public HttpMessageHandler HttpHandler => throw new NotSupportedException();

        public ILoggerFactory LoggerFactory => throw new NotSupportedException();

        public TimeProvider TimeProvider => TimeProvider.System;

        public string? Find(ProviderRequirement requirement) => null;
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;

namespace Aico.Plugins.Tests.Moonshine;

public class MoonshineLoadingTests
{
    private static readonly SpeechToTextRequest Request = new(AudioFormat.Speech, CallIdentity.None);

    [Test]
    public void Says_how_to_get_the_model_where_it_is_missing()
    {
        FluentActions.Invoking(() => MoonshineFiles.Find(new EmptyContext()))
            .Should().Throw<ProviderException>().WithMessage("*missing*build.sh*")
            .Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public async Task Hears_after_a_broken_model_was_put_right()
    {
        var files = MoonshineFiles.Find(new NativeContext());
        var encoder = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(encoder, "no model");
            using var moonshine = new MoonshineSpeechToText(new() { Workers = 1 }, files with { Encoder = encoder }, new NativeContext());
            await FluentActions.Awaiting(() => Hear(moonshine)).Should().ThrowAsync<ProviderException>().WithMessage("ONNX Runtime: *");
            moonshine.HasInterimHeadroom.Should().BeFalse();

            File.Copy(files.Encoder, encoder, overwrite: true);

            (await Hear(moonshine)).Should().StartWith("He was");
            moonshine.HasInterimHeadroom.Should().BeTrue();
        }
        finally
        {
            File.Delete(encoder);
        }
    }

    [Test]
    public async Task Loads_before_the_first_caller_speaks()
    {
        using var moonshine = new MoonshineSpeechToText(new(), MoonshineFiles.Find(new NativeContext()), new NativeContext());

        // Nobody asked for anything yet.
        await moonshine.Loaded.WaitAsync(FakeDecode.Patience);

        moonshine.HasInterimHeadroom.Should().BeTrue();
    }

    [Test]
    public async Task Refuses_work_after_disposal()
    {
        var moonshine = new MoonshineSpeechToText(new(), MoonshineFiles.Find(new NativeContext()), new NativeContext());

        moonshine.Dispose();
        moonshine.Dispose();

        (await FluentActions.Awaiting(() => Hear(moonshine)).Should().ThrowAsync<ProviderException>())
            .Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    private static async Task<string> Hear(MoonshineSpeechToText moonshine) =>
        (await moonshine.TranscribeAsync(
            new(AudioFormat.Speech, SpeechClips.Sentences[1].Samples, TimeSpan.Zero), Request, CancellationToken.None)).Text;
}

using Aico.Abstractions;
using Aico.Plugins.Silero;
using Aico.Plugins.Tests.Onnx;

namespace Aico.Plugins.Tests.Silero;

public class SileroVoiceActivityDetectorTests
{
    private static readonly string Model = NativeContext.Required("models/silero/silero_vad.onnx");

    [Test]
    public void Opens_after_a_broken_model_was_put_right()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var detector = new SileroVoiceActivityDetector(NativeContext.Library, file);
            detector.Invoking(broken => broken.Open()).Should().Throw<ProviderException>();

            File.Copy(Model, file, overwrite: true);

            detector.Open().Detect(new short[512]).Should().BeLessThan(0.5f);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Disposing_ends_its_streams_without_a_crash()
    {
        var detector = new SileroVoiceActivityDetector(NativeContext.Library, Model);
        using var stream = detector.Open();

        detector.Dispose();
        detector.Dispose();

        stream.Invoking(open => open.Detect(new short[512])).Should().Throw<ObjectDisposedException>();
        detector.Invoking(disposed => disposed.Open()).Should().Throw<ObjectDisposedException>();
    }
}

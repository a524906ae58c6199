using Aico.Abstractions;
using Aico.Abstractions.VoiceActivity;
using Aico.Plugins.Silero;
using Aico.Plugins.Tests.Onnx;

namespace Aico.Plugins.Tests.Silero;

public class SileroPluginTests
{
    private readonly RecordingRegistry _registry = new();

    [SetUp]
    public void Register() => new SileroPlugin().Register(_registry);

    [Test]
    public void Registers_a_detector_that_works()
    {
        _registry.Descriptor!.Key.Should().Be("silero");

        var detector = (IVoiceActivityDetector)_registry.Create(new NativeContext());
        using var stream = detector.Open();

        stream.Detect(new short[detector.WindowSamples]).Should().BeInRange(0, 0.5f);
        ((IDisposable)detector).Dispose();
    }

    [Test]
    public void Names_what_it_needs()
    {
        _registry.Descriptor!.Requirements.Select(requirement => requirement.Name)
            .Should().Equal("onnxruntime", "models/silero/silero_vad.onnx");
        FluentActions.Invoking(() => _registry.Create(new EmptyContext())).Should().Throw<ProviderException>();
    }
}

using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;

namespace Aico.Plugins.Tests.Moonshine;

public class MoonshinePluginTests
{
    private readonly RecordingRegistry _registry = new();

    [SetUp]
    public void Register() => new MoonshinePlugin().Register(_registry);

    [Test]
    public void Registers_English_with_interim_results_at_16_kHz()
    {
        _registry.Descriptor!.Key.Should().Be("moonshine");
        _registry.SpeechToText!.Languages.Should().Equal("en");
        _registry.SpeechToText.InterimResults.Should().BeTrue();
        _registry.SpeechToText.SampleRates.Should().Equal(16_000);

        var provider = _registry.Create(new NativeContext());

        provider.Should().BeAssignableTo<IBatchSpeechToText>();
        ((IDisposable)provider).Dispose();
    }

    [Test]
    public void Names_what_it_needs()
    {
        _registry.Descriptor!.Requirements.Select(requirement => requirement.Name).Should().Equal(
            "onnxruntime",
            "models/moonshine-tiny/encoder.onnx",
            "models/moonshine-tiny/decoder.onnx",
            "models/moonshine-tiny/vocabulary.txt");
        FluentActions.Invoking(() => _registry.Create(new EmptyContext())).Should().Throw<ProviderException>();
    }
}

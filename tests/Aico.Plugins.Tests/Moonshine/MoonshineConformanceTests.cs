using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Moonshine;

public sealed class MoonshineConformanceTests : BatchSpeechToTextConformance, IDisposable
{
    private readonly MoonshineSpeechToText _moonshine = new(new MoonshineSettings(), MoonshineFiles.Find(new NativeContext()), new NativeContext());
    private readonly MoonshineSpeechToText _faulty = new(
        new MoonshineSettings(), MoonshineFiles.Find(new NativeContext()) with { Encoder = NativeContext.Required("models/silero/silero_vad.onnx") }, new NativeContext());

    public void Dispose()
    {
        _moonshine.Dispose();
        _faulty.Dispose();
    }

    protected override IBatchSpeechToText Create() => _moonshine;

    /// <summary>Its encoder is another model.</summary>
    protected override IBatchSpeechToText CreateFaulty() => _faulty;
}

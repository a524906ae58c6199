using Aico.Abstractions.VoiceActivity;
using Aico.Plugins.Silero;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Silero;

public sealed class SileroConformanceTests : VoiceActivityConformance, IDisposable
{
    private readonly SileroVoiceActivityDetector _silero = new(NativeContext.Library, NativeContext.Required("models/silero/silero_vad.onnx"));

    public void Dispose() => _silero.Dispose();

    protected override IVoiceActivityDetector Create() => _silero;
}

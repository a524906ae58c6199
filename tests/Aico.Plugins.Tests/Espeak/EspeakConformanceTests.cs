using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Espeak;
using Aico.Testing;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Espeak;

public sealed class EspeakConformanceTests : TextToSpeechConformance, IDisposable
{
    private readonly TestProviderContext _context = new();

    public void Dispose() => _context.Dispose();

    protected override ITextToSpeech Create() => new EspeakTextToSpeech(new EspeakSettings(), _context);

    /// <summary>The name of the voice is well formed, so that only the program can refuse it.</summary>
    protected override ITextToSpeech CreateFaulty() => new EspeakTextToSpeech(new EspeakSettings { Voice = "zzz" }, _context);
}

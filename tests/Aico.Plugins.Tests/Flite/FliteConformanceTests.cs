using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Flite;
using Aico.Testing;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Flite;

public sealed class FliteConformanceTests : TextToSpeechConformance, IDisposable
{
    private readonly TestProviderContext _context = new();

    public void Dispose() => _context.Dispose();

    protected override ITextToSpeech Create() => new FliteTextToSpeech(new FliteSettings(), _context);

    protected override ITextToSpeech CreateFaulty() => new RussianFlite(Create());

    /// <summary>flite fails at text that it has no letters for.</summary>
    private sealed class RussianFlite(ITextToSpeech flite) : ITextToSpeech
    {
        public async ValueTask<Abstractions.Sessions.IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
        {
            var session = await flite.OpenAsync(request, ct);
            await session.SendAsync("Добрый день.", ct);
            await session.FlushAsync(ct);
            return session;
        }
    }
}

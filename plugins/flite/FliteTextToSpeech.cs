using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.Speech;

namespace Aico.Plugins.Flite;

internal sealed class FliteTextToSpeech : ITextToSpeech
{
    private readonly FliteSettings _settings;
    private readonly FliteLibrary _library;

    /// <summary>Loads the library and the default voice, so that a machine without them is found out before a call.</summary>
    public FliteTextToSpeech(FliteSettings settings, IProviderContext context)
    {
        _settings = settings;
        _library = FliteLibrary.Load(context);
        _library.Voice(settings.Voice);
    }

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var name = request.Voice ?? _settings.Voice;
        return new(new SentenceSession(new FliteVoice(_library, _library.Voice(name), name == "kal" ? 8_000 : 16_000, _settings)));
    }
}

using System.Text.RegularExpressions;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.Speech;

namespace Aico.Plugins.Espeak;

internal sealed partial class EspeakTextToSpeech : ITextToSpeech
{
    private readonly EspeakSettings _settings;
    private readonly string _program;

    /// <summary>Looks for the program and the voice, so that a machine without them is found out before a call.</summary>
    public EspeakTextToSpeech(EspeakSettings settings, IProviderContext context)
    {
        _settings = settings;
        _program = context.Find(EspeakPlugin.Program)
            ?? throw new ProviderException(
                ProviderFailure.Unavailable, $"The program espeak-ng is not on this machine. On Debian: {EspeakPlugin.Program.HowToGet}.");
        VoiceFor(null, null);
    }

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new(new SentenceSession(new EspeakVoice(_program, VoiceFor(request.Voice, request.Language), _settings)));
    }

    private string VoiceFor(string? voice, string? language)
    {
        voice ??= _settings.Voice.Length > 0 && language is null ? _settings.Voice : EspeakLanguages.VoiceOf(language ?? _settings.Language);
        // espeak-ng takes paths of voice files, too; nobody but the machine's owner names files.
        return VoiceName().IsMatch(voice)
            ? voice
            : throw new ProviderException(
                ProviderFailure.InvalidRequest, $"\"{voice}\" is no name of a voice of espeak-ng. `espeak-ng --voices` lists them; a variant follows a plus, as in en-us+f3.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*(\+[A-Za-z0-9_-]+)?\z")]
    private static partial Regex VoiceName();
}

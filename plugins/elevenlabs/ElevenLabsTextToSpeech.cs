using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.HttpSpeech;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.SpeechSockets;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.ElevenLabs;

/// <summary>Speaks over sockets that stay open from answer to answer, or with one request a sentence.</summary>
internal sealed class ElevenLabsTextToSpeech : ITextToSpeech, IProviderProbe, IVoiceCatalog, IModelCatalog, IDisposable
{
    private const string KeyHeader = "xi-api-key";

    private readonly ElevenLabsSettings _settings;
    private readonly IProviderContext _context;
    private readonly ElevenLabsErrors _errors;
    private readonly ElevenLabsProtocol _protocol;
    private readonly VendorHttp _http;
    private readonly SpeechLines _lines;
    private readonly ElevenLabsAccount _account;

    public ElevenLabsTextToSpeech(ElevenLabsSettings settings, IProviderContext context)
    {
        (_settings, _context) = (settings, context);
        _errors = new ElevenLabsErrors(settings.ApiKey, context.TimeProvider);
        _protocol = new ElevenLabsProtocol(settings, _errors);
        _http = new VendorHttp(context, _errors, headers =>
        {
            if (settings.ApiKey is { } key)
            {
                headers.Add(KeyHeader, key.Reveal());
            }
        });
        _lines = new SpeechLines(context, _errors, keepFor: TimeSpan.FromSeconds(ElevenLabsProtocol.InactivitySeconds - 30));
        _account = new ElevenLabsAccount(_http, settings);
    }

    public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var voice = request.Voice ?? _settings.Voice;
        var language = request.Language ?? _settings.Language;
        if (_settings.Transport == ElevenLabsTransport.Http)
        {
            return new SentenceSession(
                new HttpVoice(_http, new AudioFormat(_settings.SampleRate, 1), piece => ElevenLabsRequest.Speak(_settings, voice, language, piece)));
        }

        var line = await _lines.TakeAsync(ElevenLabsProtocol.Address(_settings, voice, language), Headers(), _protocol, ct);
        return new SpeakingSession(_lines, line, _protocol, _errors.Vendor, _context.TimeProvider);
    }

    public ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct) => _settings.Transport == ElevenLabsTransport.Http
        ? ValueTask.CompletedTask
        : _lines.PrepareAsync(ElevenLabsProtocol.Address(_settings, request.Voice ?? _settings.Voice, request.Language ?? _settings.Language), Headers(), _protocol, ct);

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => await _account.ProbeAsync(ct);

    public async ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct) => await _account.ListVoicesAsync(ct);

    public async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct) => await _account.ListModelsAsync(ct);

    public void Dispose()
    {
        _lines.Dispose();
        _http.Dispose();
    }

    private Dictionary<string, string> Headers() => _settings.ApiKey is { } key ? new() { [KeyHeader] = key.Reveal() } : [];
}

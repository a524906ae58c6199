using System.Net.Http.Headers;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.SpeechSockets;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Cartesia;

/// <summary>Speaks over sockets that stay open from answer to answer, each answer a context of its own.</summary>
internal sealed class CartesiaTextToSpeech : ITextToSpeech, IProviderProbe, IVoiceCatalog, IDisposable
{
    private const string VersionHeader = "Cartesia-Version";

    /// <summary>Cartesia closes a socket after five minutes in which nobody spoke.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(4);

    private readonly CartesiaSettings _settings;
    private readonly IProviderContext _context;
    private readonly CartesiaErrors _errors;
    private readonly VendorHttp _http;
    private readonly SpeechLines _lines;
    private readonly CartesiaVoices _voices;

    public CartesiaTextToSpeech(CartesiaSettings settings, IProviderContext context)
    {
        (_settings, _context) = (settings, context);
        _errors = new CartesiaErrors(settings.ApiKey, context.TimeProvider);
        _http = new VendorHttp(context, _errors, headers =>
        {
            headers.Add(VersionHeader, settings.ApiVersion);
            if (settings.ApiKey is { } key)
            {
                headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
            }
        });
        _lines = new SpeechLines(context, _errors, KeepFor);
        _voices = new CartesiaVoices(_http, settings);
    }

    public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        var protocol = Protocol(request);
        var line = await _lines.TakeAsync(Address(), Headers(), protocol, ct);
        return new SpeakingSession(_lines, line, protocol, _errors.Vendor, _context.TimeProvider);
    }

    public ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct) => _lines.PrepareAsync(Address(), Headers(), Protocol(request), ct);

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => await _voices.ProbeAsync(ct);

    public async ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct) => await _voices.ListAsync(ct);

    public void Dispose()
    {
        _lines.Dispose();
        _http.Dispose();
    }

    private Uri Address() => VendorAddress.WebSocket(_settings.BaseUrl, "/tts/websocket");

    private CartesiaProtocol Protocol(TextToSpeechRequest request) =>
        new(_settings, request.Voice ?? _settings.Voice, request.Language ?? _settings.Language, _errors);

    private Dictionary<string, string> Headers()
    {
        Dictionary<string, string> headers = new() { [VersionHeader] = _settings.ApiVersion };
        if (_settings.ApiKey is { } key)
        {
            headers["Authorization"] = "Bearer " + key.Reveal();
        }

        return headers;
    }
}

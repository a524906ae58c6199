using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Deepgram;

/// <summary>Opens one socket for each call: /v1/listen for Nova and older models, /v2/listen for Flux.</summary>
internal sealed class DeepgramSpeechToText : ISpeechToText, IProviderProbe, IModelCatalog, IDisposable
{
    private readonly DeepgramSettings _settings;
    private readonly IProviderContext _context;
    private readonly DeepgramErrors _errors;
    private readonly VendorHttp _http;
    private readonly DeepgramAccount _account;

    public DeepgramSpeechToText(DeepgramSettings settings, IProviderContext context)
    {
        if (settings.EagerEndOfTurnThreshold > settings.EndOfTurnThreshold)
        {
            throw new ProviderException(
                ProviderFailure.InvalidRequest, "The eager end-of-turn threshold must not be higher than the end-of-turn threshold.");
        }

        (_settings, _context) = (settings, context);
        _errors = new DeepgramErrors(settings.ApiKey, context.TimeProvider);
        _http = new VendorHttp(context, _errors, headers => DeepgramAccount.Authenticate(headers, settings.ApiKey));
        _account = new DeepgramAccount(_http, settings.BaseUrl);
    }

    public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
    {
        if (request.Format.Channels != 1)
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, "Deepgram hears one channel here: send mono audio.");
        }

        var isFlux = ListenQuery.IsFlux(_settings);
        var url = VendorAddress.WebSocket(_settings.BaseUrl, isFlux ? "/v2/listen" : "/v1/listen", ListenQuery.For(_settings, request));
        Dictionary<string, string> headers = [];
        if (_settings.ApiKey is { } key)
        {
            headers["Authorization"] = "Token " + key.Reveal();
        }

        var socket = await ProviderSocket.ConnectAsync(url, headers, _errors, _context, ct);
        IListeningProtocol protocol = isFlux ? new FluxProtocol(_errors) : new NovaProtocol(_errors);
        return new ListeningSession(socket, protocol, request.Format, _errors, _context.TimeProvider);
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => await _account.ProbeAsync("stt", _settings.Model, ct);

    public async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct) => await _account.ReadAsync(
        "stt",
        item => new ModelInfo(VendorJson.Text(item, "canonical_name"))
        {
            DisplayName = VendorJson.TextOrNull(item, "name"),
            Languages = VendorJson.Texts(item, "languages"),
        },
        ct);

    public void Dispose() => _http.Dispose();
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.HttpSpeech;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Deepgram;

/// <summary>
/// Aura over HTTP: one request a sentence, on connections that stay open. Its socket would take the same sentences but allows twenty
/// flushes a minute, which a lively dialogue passes.
/// </summary>
internal sealed class DeepgramTextToSpeech : ITextToSpeech, IProviderProbe, IVoiceCatalog, IDisposable
{
    private readonly DeepgramSpeechSettings _settings;
    private readonly VendorHttp _http;
    private readonly DeepgramAccount _account;

    public DeepgramTextToSpeech(DeepgramSpeechSettings settings, IProviderContext context)
    {
        _settings = settings;
        _http = new VendorHttp(
            context, new DeepgramErrors(settings.ApiKey, context.TimeProvider), headers => DeepgramAccount.Authenticate(headers, settings.ApiKey));
        _account = new DeepgramAccount(_http, settings.BaseUrl);
    }

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        List<(string, string)> query =
        [
            ("model", request.Voice ?? _settings.Voice), ("encoding", "linear16"), ("container", "none"),
            ("sample_rate", _settings.SampleRate.ToString(CultureInfo.InvariantCulture)),
        ];
        if (_settings.OptOutOfModelImprovement)
        {
            query.Add(("mip_opt_out", "true"));
        }

        var url = VendorAddress.Http(_settings.BaseUrl, "/v1/speak", query);
        var voice = new HttpVoice(_http, new AudioFormat(_settings.SampleRate, 1), piece => new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new Dictionary<string, string> { ["text"] = piece }),
        });
        return new(new SentenceSession(voice));
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => await _account.ProbeAsync("tts", _settings.Voice, ct);

    public async ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct) => await _account.ReadAsync("tts", ReadVoice, ct);

    public void Dispose() => _http.Dispose();

    private static VoiceInfo ReadVoice(JsonElement item)
    {
        var metadata = item.TryGetProperty("metadata", out var found) ? found : default;
        string[] facts = [VendorJson.Text(metadata, "accent"), VendorJson.Text(metadata, "age"), .. VendorJson.Texts(metadata, "tags")];
        var description = string.Join(", ", facts.Where(fact => fact.Length > 0));
        return new VoiceInfo(VendorJson.Text(item, "canonical_name"))
        {
            DisplayName = VendorJson.TextOrNull(item, "name"),
            Languages = VendorJson.Texts(item, "languages"),
            Description = description.Length > 0 ? description : null,
            Preview = VendorJson.Address(metadata, "sample"),
        };
    }
}

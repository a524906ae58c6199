using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.HttpSpeech;
using Aico.Plugins.Shared.OpenAIAudio;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.OpenAI;

/// <summary>
/// One request a sentence, on connections that stay open, whose audio is given on as it comes. A sentence has 200 characters at most, far
/// below the 4096 that OpenAI takes. The voice decides the language.
/// </summary>
internal sealed class OpenAITextToSpeech : ITextToSpeech, IProviderProbe, IVoiceCatalog, IModelCatalog, IDisposable
{
    /// <summary>What "pcm" means at this endpoint.</summary>
    private static readonly AudioFormat Pcm = new(24_000, 1);

    private readonly OpenAISpeechSettings _settings;
    private readonly Uri _base;
    private readonly VendorHttp _http;

    /// <exception cref="Abstractions.ProviderException">The base URL is none.</exception>
    public OpenAITextToSpeech(OpenAISpeechSettings settings, IProviderContext context)
    {
        (_settings, _base) = (settings, ApiConnection.Address(settings.BaseUrl));
        var errors = new AudioErrors(
            AudioHosts.NameOf(settings.BaseUrl, "The speech server"),
            settings.ApiKey,
            context.TimeProvider,
            "Check the model and the voice, and that the base URL ends as it should, usually with /v1.");
        _http = new VendorHttp(context, errors, Authenticate);
    }

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var isWav = _settings.Format == OpenAISpeechFormat.Wav || (_settings.Format == OpenAISpeechFormat.Auto && AudioHosts.IsGroq(_settings.BaseUrl));
        var url = ApiConnection.Below(_base, "/audio/speech");
        var voice = new HttpVoice(_http, isWav ? null : Pcm, piece => new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(Body(piece, request.Voice ?? _settings.Voice, isWav)),
        });
        return new(new SentenceSession(voice));
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => ListedModels.Report(_http.Errors.Vendor, _settings.Model, await ModelsAsync(ct));

    /// <summary>Those for speech at OpenAI; elsewhere all, since their names say nothing.</summary>
    public async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct)
    {
        var models = await ModelsAsync(ct) ?? [];
        return AudioHosts.IsOpenAI(_settings.BaseUrl) ? [.. models.Where(model => model.Id.Contains("tts", StringComparison.Ordinal))] : models;
    }

    /// <summary>OpenAI's as they are known; other servers list theirs at /audio/voices, or not at all.</summary>
    public async ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct) => AudioHosts.IsOpenAI(_settings.BaseUrl)
        ? [.. OpenAIVoices.Names.Select(name => new VoiceInfo(name))]
        : await _http.FindAsync(ApiConnection.Below(_base, "/audio/voices"), ReadVoices, ct) ?? [];

    public void Dispose() => _http.Dispose();

    // {"voices":["af_heart"]}, {"voices":[{"id"}]}, or the list alone.
    private static List<VoiceInfo> ReadVoices(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Object ? root.GetProperty("voices") : root;
        string[] names = ["id", "voice_id", "name"];
        return
        [
            .. list.EnumerateArray()
                .Select(voice => voice.ValueKind == JsonValueKind.String ? voice.GetString()! : names.Select(name => VendorJson.Text(voice, name)).FirstOrDefault(id => id.Length > 0, ""))
                .Where(id => id.Length > 0)
                .Select(id => new VoiceInfo(id)),
        ];
    }

    private Task<IReadOnlyList<ModelInfo>?> ModelsAsync(CancellationToken ct) =>
        ListedModels.FindAsync(_http, ApiConnection.Below(_base, "/models"), OpenAIVoices.EndingModels, ct);

    private Dictionary<string, object> Body(string text, string voice, bool isWav)
    {
        var body = new Dictionary<string, object>
        {
            ["model"] = _settings.Model,
            ["input"] = text,
            ["voice"] = voice.StartsWith("voice_", StringComparison.Ordinal) ? new Dictionary<string, string> { ["id"] = voice } : voice,
            ["response_format"] = isWav ? "wav" : "pcm",
        };
        if (_settings.Instructions.Length > 0 && OpenAIVoices.TakesInstructions(_settings.Model))
        {
            body["instructions"] = _settings.Instructions;
        }

        if (_settings.Speed is { } speed)
        {
            body["speed"] = speed;
        }

        return body;
    }

    private void Authenticate(HttpRequestHeaders headers)
    {
        if (_settings.ApiKey is { } key)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        }

        foreach (var (name, value) in OpenAIAccount.Headers(_settings.Organization, _settings.Project))
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}

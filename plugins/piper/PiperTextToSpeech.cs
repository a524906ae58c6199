using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.HttpSpeech;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Piper;

/// <summary>
/// Speaks with one request a sentence, since the server answers with whole files. Which of the three servers it is, and its voices, are
/// asked once, by the first session; a server that was not there is asked again by the next.
/// </summary>
internal sealed class PiperTextToSpeech(PiperSettings settings, IProviderContext context) : ITextToSpeech, IProviderProbe, IVoiceCatalog, IDisposable
{
    private readonly VendorHttp _http = new(context, new PiperErrors(context.TimeProvider), _ => { });
    private volatile PiperServer? _server;

    public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var server = _server ??= await AskAsync(ct);
        var voice = request.Voice ?? settings.Voice;
        if (voice.Length > 0 && server.Find(voice) is null)
        {
            // One may have been added.
            _server = server = await AskAsync(ct);
        }

        var name = voice.Length == 0 ? null : server.Find(voice) ?? throw Unknown(voice, server);
        return new SentenceSession(new HttpVoice(_http, format: null, piece => Request(server.Dialect, piece, name)));
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        var server = _server = await AskAsync(ct);
        return new ProbeReport("The Piper server answers.")
        {
            Warnings = settings.Voice.Length == 0 || server.Find(settings.Voice) is not null ? [] : [Unknown(settings.Voice, server).Message],
        };
    }

    public async ValueTask<IReadOnlyList<VoiceInfo>> ListVoicesAsync(CancellationToken ct) => (_server = await AskAsync(ct)).Voices;

    public void Dispose() => _http.Dispose();

    private static ProviderException Unknown(string voice, PiperServer server) => new(
        ProviderFailure.InvalidRequest,
        server.Dialect == PiperDialect.Plain
            ? $"This Piper server has one voice only: leave the voice empty instead of \"{voice}\", or take a server of piper1-gpl."
            : $"The Piper server has no voice \"{voice}\". It has: {string.Join(", ", server.Voices.Select(known => known.Id))}.");

    private async Task<PiperServer> AskAsync(CancellationToken ct)
    {
        var hasInfo = await _http.FindAsync(VendorAddress.Http(settings.BaseUrl, "/info"), root => root.GetRawText(), ct) is not null;
        var voices = await _http.FindAsync(VendorAddress.Http(settings.BaseUrl, "/voices"), ReadVoices, ct);
        return new PiperServer(hasInfo ? PiperDialect.Synthesize : voices is not null ? PiperDialect.Root : PiperDialect.Plain, voices ?? []);
    }

    private static List<VoiceInfo> ReadVoices(JsonElement root) =>
        [.. root.EnumerateObject().Select(voice => new VoiceInfo(voice.Name) { Languages = voice.Name.Split('-')[0].Split('_') is [var language, var region] ? [$"{language}-{region}"] : [] })];

    private HttpRequestMessage Request(PiperDialect dialect, string text, string? voice) => new(
        HttpMethod.Post, VendorAddress.Http(settings.BaseUrl, dialect == PiperDialect.Synthesize ? "/synthesize" : "/"))
    {
        // Never a form: Flask would eat its body.
        Content = dialect == PiperDialect.Plain ? new StringContent(text, Encoding.UTF8, "text/plain") : JsonContent.Create(Body(text, voice)),
    };

    private Dictionary<string, object> Body(string text, string? voice)
    {
        (string Name, object? Value)[] fields =
        [
            ("text", text), ("voice", voice), ("speaker", settings.Speaker.Length > 0 ? settings.Speaker : null), ("speaker_id", settings.SpeakerId),
            ("length_scale", settings.LengthScale), ("noise_scale", settings.NoiseScale), ("noise_w_scale", settings.NoiseWidthScale),
        ];
        return fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.OpenAIAudio;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Whisper;

/// <summary>
/// Sends each utterance with one request. Which server it is, is asked once, before the first; a server that was not there, or that knows the
/// path no more, is asked again by the next.
/// </summary>
internal sealed class WhisperSpeechToText : IBatchSpeechToText, IProviderProbe, IModelCatalog, IDisposable
{
    /// <summary>OpenAI refuses less than 0.1 s, and nobody says anything in it.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>-60 dB of full scale: no speech is in an utterance that never gets louder, and Whisper would make some up.</summary>
    private const int Silence = 33;

    /// <summary>No transcript of an utterance comes near it.</summary>
    private const int LongestAnswer = 4 * 1024 * 1024;

    private readonly WhisperSettings _settings;
    private readonly VendorHttp _http;
    private readonly WhisperSite _site;
    private volatile WhisperServer? _server;

    public WhisperSpeechToText(WhisperSettings settings, IProviderContext context)
    {
        _settings = settings;
        var key = settings.ApiKey is null ? null : new AuthenticationHeaderValue("Bearer", settings.ApiKey.Reveal());
        _http = new VendorHttp(context, new WhisperErrors(settings, context.TimeProvider), headers => headers.Authorization = key);
        _site = new WhisperSite(settings, _http);
    }

    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        if (utterance.Duration < Shortest || IsSilent(utterance.Samples.Span))
        {
            return new Transcript("");
        }

        var server = _server ??= await _site.AskAsync(ct);
        using var message = new HttpRequestMessage(HttpMethod.Post, server.Transcriptions)
        {
            Content = TranscriptionForm.Of(utterance, request, _settings, server.Dialect, ModelAt(server)),
        };
        using var response = await _http.SendAsync(message, Forget, ct);
        var answer = await _http.GuardAsync(() => ReadAsync(response, ct), server.Transcriptions, "broke off its answer", ct);
        try
        {
            using var document = JsonDocument.Parse(answer);
            return new TranscriptReader(_settings.NoSpeechThreshold, utterance.Offset).Read(document.RootElement, _http.Errors);
        }
        catch (Exception error) when (error is JsonException or FormatException or OverflowException)
        {
            throw _http.Errors.Garbage("something that is no transcript", error);
        }
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        var server = _server = await _site.AskAsync(ct);
        if (server.Dialect == WhisperDialect.OpenAI)
        {
            return ListedModels.Report(_http.Errors.Vendor, ModelAt(server), server.Models ?? await _site.ModelsAsync(ct));
        }

        return await _site.IsHealthyAsync(ct)
            ? new ProbeReport("The whisper.cpp server answers and has its model loaded.")
            : new ProbeReport("The whisper.cpp server answers.") { Warnings = ["It does not say that its model is loaded: it may be loading one, which calls would wait for."] };
    }

    /// <summary>Empty for whisper.cpp, which has one without a name.</summary>
    public async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct)
    {
        var server = _server = await _site.AskAsync(ct);
        return server.Dialect == WhisperDialect.WhisperCpp ? [] : server.Models ?? await _site.ModelsAsync(ct) ?? [];
    }

    public void Dispose() => _http.Dispose();

    private static bool IsSilent(ReadOnlySpan<short> samples) => !samples.ContainsAnyExceptInRange((short)-Silence, (short)Silence);

    private string ModelAt(WhisperServer server) => (_settings.Model, WhisperModels.DefaultAt(_settings.BaseUrl), server.Models) switch
    {
        ({ Length: > 0 } set, _, _) => set,
        (_, { Length: > 0 } usual, _) => usual,
        (_, _, [var only]) => only.Id,
        (_, _, { Count: > 1 } several) => throw new ProviderException(
            ProviderFailure.InvalidRequest,
            $"No model is set, and {_http.Errors.Vendor} has several: {string.Join(", ", several.Take(10).Select(model => model.Id))}{(several.Count > 10 ? " and more" : "")}."),
        _ => "",
    };

    private bool Forget(HttpStatusCode status)
    {
        if (status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            _server = null;
        }

        return false;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var answer = new MemoryStream();
        var block = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(block, ct)) > 0;)
        {
            answer.Write(block, 0, count);
            if (answer.Length > LongestAnswer)
            {
                throw _http.Errors.Garbage("an answer that is too long to be a transcript");
            }
        }

        return answer.GetBuffer().AsMemory(0, (int)answer.Length);
    }
}

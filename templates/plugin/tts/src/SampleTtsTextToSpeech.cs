using System.Net.Http.Json;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace SampleTts;

/// <summary>Asks the service for the speech of one sentence after the other. One instance serves all calls of an organization.</summary>
internal sealed class SampleTtsTextToSpeech(SampleTtsSettings settings, IProviderContext context) : ITextToSpeech, IProviderProbe, IDisposable
{
    /// <summary>What the service speaks at, in hertz: PCM, signed 16 bit, mono.</summary>
    public const int SampleRate = 24_000;

    private readonly ServiceClient _service = new(settings.BaseUrl, settings.ApiKey, context);

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IDuplexSession<string, SpeechChunk>>(new SampleTtsSession(SpeakAsync));

        // One request a sentence; its body is the audio.
        Task<HttpResponseMessage> SpeakAsync(string text, CancellationToken stop) =>
            _service.SendAsync(HttpMethod.Post, "/speech", JsonContent.Create(new { text, voice = request.Voice, language = request.Language }), stop);
    }

    /// <summary>The cheapest request that shows whether the service would serve: "aico providers test", and the end of an outage.</summary>
    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        using var response = await _service.SendAsync(HttpMethod.Get, "/health", content: null, ct);
        return new ProbeReport("The service answers and takes the key.");
    }

    public void Dispose() => _service.Dispose();
}

using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;

namespace SampleStt;

/// <summary>Asks the service for the text of one utterance after the other. One instance serves all calls of an organization.</summary>
internal sealed class SampleSttSpeechToText(SampleSttSettings settings, IProviderContext context) : IBatchSpeechToText, IProviderProbe, IDisposable
{
    private readonly ServiceClient _service = new(settings.BaseUrl, settings.ApiKey, context);

    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        if (utterance.Samples.IsEmpty)
        {
            return new Transcript("");
        }

        // PCM, signed 16 bit, little-endian, as the samples lie in memory.
        using var audio = new ByteArrayContent(MemoryMarshal.AsBytes(utterance.Samples.Span).ToArray());
        audio.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var query = $"?rate={utterance.Format.SampleRate}&language={Uri.EscapeDataString(request.Language ?? "")}";
        using var response = await _service.SendAsync(HttpMethod.Post, "/transcribe" + query, audio, ct);
        var body = await ServiceClient.GuardAsync(() => response.Content.ReadAsByteArrayAsync(ct), ct);
        return new Transcript(Read(body));
    }

    /// <summary>The cheapest request that shows whether the service would serve: "aico providers test", and the end of an outage.</summary>
    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        using var response = await _service.SendAsync(HttpMethod.Get, "/health", content: null, ct);
        return new ProbeReport("The service answers and takes the key.");
    }

    public void Dispose() => _service.Dispose();

    private static string Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (json.RootElement.GetProperty("text").GetString() ?? "").Trim();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, "The service answered something other than {\"text\": \"…\"}.", error);
        }
    }
}

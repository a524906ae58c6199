using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Testing.Conformance;

namespace SampleTts.Tests;

/// <summary>What the contract asks of every text-to-speech provider.</summary>
public sealed class SampleTtsConformanceTests : ServedTextToSpeechConformance, IDisposable
{
    private readonly FakeService _service = new(SpeakAsync);

    public void Dispose() => _service.Dispose();

    [SetUp]
    public void AnswerAgain() => _service.IsHolding = false;

    protected override ITextToSpeech Create() => Create(FakeService.Key);

    protected override ITextToSpeech CreateFaulty() => Create("a-wrong-key");

    protected override ITextToSpeech CreateHeld()
    {
        _service.IsHolding = true;
        return Create();
    }

    protected override Task HeldAsync() => _service.HeldAsync();

    private SampleTtsTextToSpeech Create(string key) =>
        new(new SampleTtsSettings { BaseUrl = FakeService.Url, ApiKey = new Secret(key) }, new LentContext(_service));

    // A tone as long as the text takes to speak.
    private static async Task<HttpResponseMessage> SpeakAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var body = await request.Content!.ReadFromJsonAsync<JsonNode>(ct);
        var samples = new short[(int)(body!["text"]!.GetValue<string>().Length * 0.06 * SampleTtsTextToSpeech.SampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(4000 * Math.Sin(i * 440 * 2 * Math.PI / SampleTtsTextToSpeech.SampleRate));
        }

        return new HttpResponseMessage { Content = new ByteArrayContent(MemoryMarshal.AsBytes<short>(samples).ToArray()) };
    }
}

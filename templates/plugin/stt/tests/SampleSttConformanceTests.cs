using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Testing.Conformance;

namespace SampleStt.Tests;

/// <summary>What the contract asks of every speech-to-text provider that reads whole utterances.</summary>
public sealed class SampleSttConformanceTests : BatchSpeechToTextConformance, IDisposable
{
    private readonly FakeService _service = new(ReadAsync);

    public void Dispose() => _service.Dispose();

    [SetUp]
    public void AnswerAgain() => _service.IsHolding = false;

    /// <summary>Two seconds of a tone; the fake understands whatever is loud. A real service's test says something in a human voice.</summary>
    protected override AudioFrame Utterance => new(
        new AudioFormat(16_000, 1), Enumerable.Range(0, 32_000).Select(i => (short)(4000 * Math.Sin(i * 0.2))).ToArray(), TimeSpan.Zero);

    protected override IBatchSpeechToText Create() => Create(FakeService.Key);

    protected override IBatchSpeechToText CreateFaulty() => Create("a-wrong-key");

    protected override IBatchSpeechToText CreateBusy()
    {
        _service.IsHolding = true;
        return Create();
    }

    protected override Task UnderWayAsync(IBatchSpeechToText speech) => _service.HeldAsync();

    private SampleSttSpeechToText Create(string key) =>
        new(new SampleSttSettings { BaseUrl = FakeService.Url, ApiKey = new Secret(key) }, new LentContext(_service));

    private static async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var samples = MemoryMarshal.Cast<byte, short>(await request.Content!.ReadAsByteArrayAsync(ct)).ToArray();
        var text = samples.Any(sample => sample > 3000) ? " Ten of clubs. " : "";
        return new HttpResponseMessage { Content = new StringContent($$"""{"text":"{{text}}"}""") };
    }
}

using System.Net;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Testing.Conformance;

namespace SampleStt.Tests;

/// <summary>What is this provider's own.</summary>
public class SampleSttTests
{
    private static readonly AudioFrame _utterance = new(new AudioFormat(16_000, 1), new short[160], TimeSpan.Zero);

    [Test]
    public async Task Says_that_the_service_would_serve()
    {
        using var service = new FakeService((_, _) => Task.FromResult(new HttpResponseMessage()));
        using var speech = Create(service);

        (await speech.ProbeAsync(default)).Summary.Should().Contain("answers");
        service.Authorization.Should().Be($"Bearer {FakeService.Key}");
    }

    [TestCase(HttpStatusCode.Forbidden, ProviderFailure.Unauthorized)]
    [TestCase(HttpStatusCode.TooManyRequests, ProviderFailure.QuotaExceeded)]
    [TestCase(HttpStatusCode.NotFound, ProviderFailure.InvalidRequest)]
    [TestCase(HttpStatusCode.ServiceUnavailable, ProviderFailure.Unavailable)]
    [TestCase(HttpStatusCode.OK, ProviderFailure.ProtocolError)]
    public async Task Sorts_what_the_service_answers(HttpStatusCode status, ProviderFailure failure)
    {
        using var service = new FakeService((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("no JSON") }));
        using var speech = Create(service);
        var read = async () => await speech.TranscribeAsync(_utterance, new SpeechToTextRequest(_utterance.Format, CallIdentity.None), default);

        var error = (await read.Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(failure);
        error.Message.Should().NotContain(FakeService.Key);
    }

    private static SampleSttSpeechToText Create(FakeService service) =>
        new(new SampleSttSettings { BaseUrl = FakeService.Url, ApiKey = new Secret(FakeService.Key) }, new LentContext(service));
}

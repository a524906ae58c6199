using System.Net;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Testing.Conformance;

namespace SampleLlm.Tests;

/// <summary>What is this provider's own.</summary>
public class SampleLlmTests
{
    [Test]
    public async Task Says_that_the_service_would_serve()
    {
        using var service = new FakeService((_, _) => Task.FromResult(new HttpResponseMessage()));
        using var model = Create(service);

        (await model.ProbeAsync(default)).Summary.Should().Contain("answers");
        service.Authorization.Should().Be($"Bearer {FakeService.Key}");
    }

    [TestCase(HttpStatusCode.Forbidden, ProviderFailure.Unauthorized)]
    [TestCase(HttpStatusCode.TooManyRequests, ProviderFailure.QuotaExceeded)]
    [TestCase(HttpStatusCode.NotFound, ProviderFailure.InvalidRequest)]
    [TestCase(HttpStatusCode.ServiceUnavailable, ProviderFailure.Unavailable)]
    public async Task Sorts_what_the_service_answers(HttpStatusCode status, ProviderFailure failure)
    {
        using var service = new FakeService((_, _) => Task.FromResult(new HttpResponseMessage(status)));
        using var model = Create(service);

        var error = (await model.Awaiting(s => s.ProbeAsync(default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(failure);
        error.Message.Should().NotContain(FakeService.Key);
    }

    private static SampleLlmChatClient Create(FakeService service) =>
        new(new SampleLlmSettings { BaseUrl = FakeService.Url, ApiKey = new Secret(FakeService.Key) }, new LentContext(service));
}

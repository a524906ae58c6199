using System.Net;

namespace SampleCommon.Tests;

/// <summary>Stands in for the service, without a port: it is the handler of the host's connections.</summary>
/// <param name="answer">Answers a request that has the right key.</param>
internal sealed class FakeService(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public const string Url = "http://service.test";

    public const string Key = "the-right-key";

    private readonly SemaphoreSlim _held = new(0);

    /// <summary>True: every request is taken, and none is answered.</summary>
    public bool IsHolding { get; set; }

    /// <summary>The last request's authorization.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Waits for the next request that is held; each is waited for once.</summary>
    public Task HeldAsync() => _held.WaitAsync();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authorization = request.Headers.Authorization?.ToString();
        if (IsHolding)
        {
            _held.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return Authorization == $"Bearer {Key}"
            ? await answer(request, cancellationToken)
            : new HttpResponseMessage(HttpStatusCode.Unauthorized);
    }

    protected override void Dispose(bool disposing)
    {
        _held.Dispose();
        base.Dispose(disposing);
    }
}

namespace Aico.Host.Providers;

/// <summary>Sends through a handler that it does not own, so that a plugin that disposes its client closes nobody else's connections.</summary>
internal sealed class LentHttpHandler(HttpMessageHandler owned) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _owned = new(owned, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _owned.SendAsync(request, cancellationToken);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _owned.Send(request, cancellationToken);
}

using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.Vendors;

/// <summary>Leads every request to one fake, whatever host it names: for what a plugin does at its vendor's own address only.</summary>
/// <param name="url">The fake's root.</param>
public sealed class LedProviderContext(string url) : IProviderContext, IDisposable
{
    private readonly LeadingHandler _handler = new(new Uri(url));

    public HttpMessageHandler HttpHandler => _handler;

    public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public TimeProvider TimeProvider => TimeProvider.System;

    public string? Find(ProviderRequirement requirement) => null;

    public void Dispose() => _handler.Dispose();

    private sealed class LeadingHandler(Uri fake) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(fake, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

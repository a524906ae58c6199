using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.Vendors;

/// <summary>Leads every request to one fake, whatever host it names: for what a plugin does at its vendor's own address only.</summary>
/// <param name="url">The fake's root.</param>
public sealed class LedProviderContext(string url) : IProviderContext, IDisposable
{
    private readonly LeadingHandler _handler = new(new Uri(url));

    /// <summary>Called when the head of an answer has come: what a fake does after that is done to the body.</summary>
    public Action Answered { set => _handler.Answered = value; }

    public HttpMessageHandler HttpHandler => _handler;

    public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public TimeProvider TimeProvider => TimeProvider.System;

    public string? Find(ProviderRequirement requirement) => null;

    public void Dispose() => _handler.Dispose();

    private sealed class LeadingHandler(Uri fake) : DelegatingHandler(new SocketsHttpHandler())
    {
        public Action? Answered { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(fake, request.RequestUri!.PathAndQuery);
            var response = await base.SendAsync(request, cancellationToken);
            Answered?.Invoke();
            return response;
        }
    }
}

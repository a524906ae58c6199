using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;

namespace Aico.Plugins.Shared.Vendors;

/// <summary>Requests to a vendor over the host's connections. Sets no time limit and never tries twice: the host does both.</summary>
/// <param name="context">Lends the connections.</param>
/// <param name="errors">The vendor's table of errors.</param>
/// <param name="authenticate">Adds the key, and what else every request carries.</param>
internal sealed class VendorHttp(IProviderContext context, VendorErrors errors, Action<HttpRequestHeaders> authenticate) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(context.HttpHandler, disposeHandler: false);

    public VendorErrors Errors => errors;

    /// <summary>The connections belong to the host and stay.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and gives the response once its headers are there; the caller disposes it.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">The vendor refused or cannot be reached.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => SendAsync(request, _ => false, ct);

    /// <summary>Gets a JSON document; null where the server does not know the path (404, 405).</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">The vendor refused, cannot be reached, or sent something else.</exception>
    public async Task<JsonDocument?> FindAsync(Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await SendAsync(request, status => status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, ct);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        try
        {
            return await GuardAsync(
                async () => await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), default, ct), url, "broke off its answer", ct);
        }
        catch (JsonException error)
        {
            throw errors.Garbage("something that is no JSON", error);
        }
    }

    /// <summary>Gets a JSON document and reads it; null where the server does not know the path.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">As <see cref="FindAsync"/>, or the document has another shape.</exception>
    public async Task<T?> FindAsync<T>(Uri url, Func<JsonElement, T> read, CancellationToken ct)
        where T : class
    {
        using var document = await FindAsync(url, ct);
        try
        {
            return document is null ? null : read(document.RootElement);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw errors.Garbage("a list that cannot be read", error);
        }
    }

    /// <summary>Runs a part of a request and says in the vendor's name what the connection did.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work, Uri url, string whatHappened, CancellationToken ct)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            throw HttpFaults.From(error, errors.Vendor, url, whatHappened);
        }
    }

    /// <summary>As <see cref="SendAsync(HttpRequestMessage, CancellationToken)"/>, but gives the responses of some statuses back although they are refusals.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">The vendor refused in another way or cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Predicate<HttpStatusCode> accepts, CancellationToken ct)
    {
        authenticate(request.Headers);
        var url = request.RequestUri!;
        var response = await GuardAsync(() => _http.SendAsync(request, ct), url, "cannot be reached", ct);
        if (response.IsSuccessStatusCode || accepts(response.StatusCode))
        {
            return response;
        }

        using (response)
        {
            throw await GuardAsync(() => errors.FromAsync(response, ct), url, "broke off its answer", ct);
        }
    }
}

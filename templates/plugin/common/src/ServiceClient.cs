using System.Net;
using System.Net.Http.Headers;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;

namespace SampleCommon;

/// <summary>
/// Requests to the service over the host's connections. It sets no time limit and never tries twice: the host does both, and decides by
/// the failure that a <see cref="ProviderException"/> names.
/// </summary>
/// <param name="baseUrl">The service's root, without a slash at the end.</param>
/// <param name="apiKey">The credential; null where the service asks for none.</param>
/// <param name="context">Lends the connections and the clock.</param>
internal sealed class ServiceClient(string baseUrl, Secret? apiKey, IProviderContext context) : IDisposable
{
    // The handler is the host's and outlives this.
    private readonly HttpMessageInvoker _http = new(context.HttpHandler, disposeHandler: false);

    /// <summary>Sends a request and gives the answer once its headers are there; the caller disposes it.</summary>
    /// <exception cref="ProviderException">The service refused or cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, baseUrl.TrimEnd('/') + path) { Content = content };
        if (apiKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey.Reveal());
        }

        var response = await GuardAsync(() => _http.SendAsync(request, ct), ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ProviderException(FailureOf(response.StatusCode), $"The service answered with status {(int)response.StatusCode}.")
            {
                RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
            };
        }
    }

    /// <summary>Runs a part of a request, such as reading its body, and says what the connection did as the contract wants it.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, $"The service cannot be reached, or broke off its answer: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.TimedOut, "The service did not answer in time.", error);
        }
    }

    /// <summary>The connections belong to the host and stay.</summary>
    public void Dispose() => _http.Dispose();

    private static ProviderFailure FailureOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ProviderFailure.Unauthorized,
        HttpStatusCode.PaymentRequired or HttpStatusCode.TooManyRequests => ProviderFailure.QuotaExceeded,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => ProviderFailure.TimedOut,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ProviderFailure.InvalidRequest,
        _ => ProviderFailure.Unavailable,
    };

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - context.TimeProvider.GetUtcNow() : null);
}

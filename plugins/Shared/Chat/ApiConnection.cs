using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;

namespace Aico.Plugins.Shared.Chat;

/// <summary>
/// Requests to one vendor with its key and headers. Sets no time limit of its own and never tries twice: the host does both, with
/// the cancellation token. The connections belong to the host and outlive this.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>An error body beyond this is a page of a proxy.</summary>
    private const int LongestErrorBody = 16_384;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _headers;

    /// <param name="context">What the host lends.</param>
    /// <param name="key">The vendor's key, or null where it needs none.</param>
    /// <param name="keyHeader">The header that the key goes into by itself; null sends it as a bearer token.</param>
    /// <param name="headers">Further headers of each request.</param>
    /// <exception cref="ProviderException">The key cannot be one.</exception>
    public ApiConnection(IProviderContext context, Secret? key, string? keyHeader, IReadOnlyDictionary<string, string> headers)
    {
        _time = context.TimeProvider;
        Key = key?.Reveal().Trim();
        if (Key is not null && !Key.All(c => c is > ' ' and < (char)127))
        {
            throw new ProviderException(ProviderFailure.Unauthorized, "The API key holds a blank or a character that no key has. Copy it again.");
        }

        _headers = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        if (Key is not null)
        {
            _headers[keyHeader ?? "Authorization"] = keyHeader is null ? $"Bearer {Key}" : Key;
        }

        _http = new HttpClient(context.HttpHandler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The key as it is sent, so that no error repeats it.</summary>
    public string? Key { get; }

    /// <summary>An address that a setting gives.</summary>
    /// <exception cref="ProviderException">It is none.</exception>
    public static Uri Address(string setting) =>
        Uri.TryCreate(setting, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new ProviderException(ProviderFailure.InvalidRequest, "The base URL is no address. It should look like http://127.0.0.1:11434/v1.");

    /// <summary>The address with a path below it; a query stays, since Azure's api-version stands there.</summary>
    public static Uri Below(Uri url, string path)
    {
        var stem = url.AbsolutePath.TrimEnd('/');
        return stem.EndsWith(path, StringComparison.Ordinal) ? url : new UriBuilder(url) { Path = stem + path }.Uri;
    }

    public ApiErrors ErrorsOf(Uri url, string model) => new(HttpFaults.Printable(url), model, Key);

    /// <summary>Asks for a stream of events.</summary>
    /// <returns>The response, which the caller disposes; null where a content filter refused the prompt.</returns>
    /// <exception cref="ProviderException">Anything but success.</exception>
    public async Task<HttpResponseMessage?> PostAsync(Uri url, ReadOnlyMemory<byte> body, ApiErrors errors, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await SendAsync(request, errors, ct);
    }

    /// <summary>Asks for one JSON document, which the caller disposes.</summary>
    /// <exception cref="ProviderException">Anything but success.</exception>
    public async Task<JsonDocument> GetAsync(Uri url, ApiErrors errors, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await SendAsync(request, errors, ct)
            ?? throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} filters a request that holds no words.");
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            return await JsonDocument.ParseAsync(stream, default, ct);
        }
        catch (JsonException error)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} answered something that is no JSON.", error);
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            throw HttpFaults.From(error, "The language model", url, "broke off its answer");
        }
    }

    /// <summary>The events of a response. A server that does not stream answers with one JSON object, which is given as if it were the only event.</summary>
    public static async IAsyncEnumerable<ServerSentEvent> EventsAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken ct)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            yield return new ServerSentEvent("message", await response.Content.ReadAsByteArrayAsync(ct));
            yield break;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var item in ServerSentEvents.ReadAsync(stream, ct))
        {
            yield return item;
        }
    }

    /// <summary>Goes to the next event. A connection that breaks when the answer is finished takes nothing away.</summary>
    public static async ValueTask<bool> NextAsync(IAsyncEnumerator<ServerSentEvent> events, Uri url, bool isFinished, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (InvalidDataException error)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} sent no readable stream: {error.Message}", error);
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            return isFinished ? false : throw HttpFaults.From(error, "The language model", url, "broke off its answer");
        }
    }

    /// <summary>What to say of a stream that ended without saying why.</summary>
    public static ProviderException Unfinished(Uri url, bool hadEvents) => hadEvents
        ? new ProviderException(ProviderFailure.Unavailable, $"{HttpFaults.Printable(url)} ended its answer before it was finished.")
        : new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} sent no server-sent events. Is it the address of the language model?");

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, ApiErrors errors, CancellationToken ct)
    {
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode)
            {
                var result = response;
                response = null;
                return result;
            }

            var buffer = new byte[LongestErrorBody];
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            var body = buffer.AsMemory(0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct));
            var status = (int)response.StatusCode;
            return ApiErrors.IsContentFilter(status, body)
                ? null
                : throw errors.FromResponse(status, body, HttpFaults.RetryAfter(response.Headers, _time));
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            throw HttpFaults.From(error, "The language model", request.RequestUri!, "cannot be reached");
        }
        finally
        {
            response?.Dispose();
        }
    }
}

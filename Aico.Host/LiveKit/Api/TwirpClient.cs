using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>
/// One request to the server's API: signed for just what it does, bounded in time, never tried again. Safe from any thread.
/// The connections are the host's and are not closed here.
/// </summary>
internal sealed class TwirpClient(HttpMessageInvoker http, LiveKitSettings settings, TokenIssuer tokens, TimeProvider time)
{
    /// <summary>What LiveKit's own libraries wait.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // An answer of the API is some KB; a proxy's page is not read to its end.
    private const int LongestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);

    /// <param name="method">Service and method, such as "RoomService/CreateRoom".</param>
    /// <param name="request">The message.</param>
    /// <param name="requestType">How it is written.</param>
    /// <param name="responseType">How the answer is read.</param>
    /// <param name="grants">What the token of this request may do.</param>
    /// <param name="timeout">Until the whole answer is here.</param>
    /// <param name="ct">Gives up; the server may have done it all the same.</param>
    /// <exception cref="TwirpException">It was refused, or there was no answer.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string method,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        TokenClaims grants,
        TimeSpan timeout,
        CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, LiveKitSettings.Join(settings.HttpUrl, $"twirp/livekit.{method}"));
            message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, requestType));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(grants, TokenLifetime));
            using var response = await http.SendAsync(message, either.Token);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.StatusCode == HttpStatusCode.OK ? Answer(method, body, responseType) : throw Refusal(method, response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            throw new TwirpException("unavailable", $"{method}: the LiveKit server cannot be reached", e.StatusCode, inner: e);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TwirpException("deadline_exceeded", $"{method}: the LiveKit server gave no answer within {timeout.TotalSeconds:0.#} s", status: null);
        }
    }

    private static TResponse Answer<TResponse>(string method, byte[] body, JsonTypeInfo<TResponse> type)
    {
        try
        {
            return JsonSerializer.Deserialize(ProtoJson.WithCamelCaseNames(body), type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new TwirpException("malformed", $"{method}: the answer is not that of a LiveKit server", HttpStatusCode.OK, inner: e);
        }
    }

    private static TwirpException Refusal(string method, HttpStatusCode status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ApiJson.Default.TwirpError) is { Code.Length: > 0 } error)
            {
                return new TwirpException(error.Code, $"{method}: {error.Msg}", status, error.Meta);
            }
        }
        catch (JsonException)
        {
            // Not the server but something before it: the status is all there is.
        }

        var code = status switch
        {
            HttpStatusCode.Unauthorized => "unauthenticated",
            HttpStatusCode.Forbidden => "permission_denied",
            HttpStatusCode.NotFound => "bad_route",
            HttpStatusCode.TooManyRequests => "resource_exhausted",
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => "unavailable",
            _ => "unknown",
        };
        return new TwirpException(code, $"{method}: HTTP status {(int)status}", status);
    }
}

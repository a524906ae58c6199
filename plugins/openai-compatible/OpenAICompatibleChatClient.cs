using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>
/// Chat completions over server-sent events. Sets no time limit of its own and never tries twice: the host does both, with the
/// cancellation token.
/// </summary>
internal sealed class OpenAICompatibleChatClient : IChatClient
{
    /// <summary>An error body beyond this is a page of a proxy.</summary>
    private const int LongestErrorBody = 16_384;

    private readonly OpenAICompatibleSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly string? _key;
    private readonly ChatClientMetadata _metadata;

    public OpenAICompatibleChatClient(OpenAICompatibleSettings settings, IProviderContext context)
    {
        _settings = settings;
        _time = context.TimeProvider;
        _http = new HttpClient(context.HttpHandler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _url = Address(settings.BaseUrl);
        _key = settings.ApiKey?.Reveal().Trim();
        if (_key is not null && !_key.All(c => c is > ' ' and < (char)127))
        {
            throw new ProviderException(ProviderFailure.Unauthorized, "The API key holds a blank or a character that no key has. Copy it again.");
        }

        _metadata = new ChatClientMetadata("openai-compatible", _url, settings.Model);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var errors = new ApiErrors(HttpFaults.Printable(_url), ChatRequestWriter.ModelOf(options, _settings), _key);
        using var response = await SendAsync(ChatRequestWriter.Write(messages, options, _settings, _url), errors, cancellationToken);
        var answer = new ChatStream(errors);
        await using var events = EventsAsync(response, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isStream = false;
        while (await NextAsync(events, answer, cancellationToken))
        {
            isStream = true;
            if (events.Current.Data.Span.SequenceEqual("[DONE]"u8))
            {
                yield return answer.End();
                yield break;
            }

            if (answer.Take(events.Current.Data, events.Current.Name == "error") is { } update)
            {
                yield return update;
            }
        }

        if (!answer.IsFinished)
        {
            throw isStream
                ? new ProviderException(ProviderFailure.Unavailable, $"{HttpFaults.Printable(_url)} ended its answer before it was finished.")
                : new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(_url)} sent no server-sent events. Is it the address of chat completions?");
        }

        yield return answer.End();
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>The connections belong to the host and stay.</summary>
    public void Dispose() => _http.Dispose();

    private static Uri Address(string baseUrl)
    {
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, "The base URL is no address. It should look like http://127.0.0.1:11434/v1.");
        }

        // A query stays: Azure's api-version stands there.
        var path = url.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/chat/completions", StringComparison.Ordinal) ? url : new UriBuilder(url) { Path = path + "/chat/completions" }.Uri;
    }

    private async Task<HttpResponseMessage> SendAsync(ReadOnlyMemory<byte> body, ApiErrors errors, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        foreach (var (name, value) in _settings.ExtraHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
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
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            throw errors.FromResponse((int)response.StatusCode, buffer.AsMemory(0, length), HttpFaults.RetryAfter(response.Headers, _time));
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            throw HttpFaults.From(error, "The language model", _url, "cannot be reached");
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ServerSentEvent> events, ChatStream answer, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (InvalidDataException error)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(_url)} sent no readable stream: {error.Message}", error);
        }
        catch (Exception error) when (HttpFaults.IsConnectionFault(error, ct))
        {
            // After the reason to finish, a connection that breaks takes nothing away.
            return answer.IsFinished ? false : throw HttpFaults.From(error, "The language model", _url, "broke off its answer");
        }
    }

    /// <summary>A server that does not stream answers with one JSON object, which is read as if it were the only event.</summary>
    private static async IAsyncEnumerable<ServerSentEvent> EventsAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken ct)
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
}

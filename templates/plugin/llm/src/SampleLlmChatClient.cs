using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.AI;

namespace SampleLlm;

/// <summary>
/// Asks the service for an answer and reads it as it comes: {"text": "…"}, {"call": {"id", "name", "arguments"}}, and
/// {"end": "stop"} or {"end": "tools"} as the last line. One instance serves all calls of an organization.
/// </summary>
internal sealed class SampleLlmChatClient(SampleLlmSettings settings, IProviderContext context) : IChatClient, IProviderProbe
{
    private readonly ServiceClient _service = new(settings.BaseUrl, settings.ApiKey, context);
    private readonly ChatClientMetadata _metadata = new("sample-llm", new Uri(settings.BaseUrl));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var ct = cancellationToken;
        ct.ThrowIfCancellationRequested();
        using var response = await _service.SendAsync(HttpMethod.Post, "/chat", JsonContent.Create(SampleLlmRequest.Of(messages, options)), ct);
        await using var body = await ServiceClient.GuardAsync(() => response.Content.ReadAsStreamAsync(ct), ct);
        using var lines = new StreamReader(body);
        while (await ServiceClient.GuardAsync(() => lines.ReadLineAsync(ct).AsTask(), ct) is { } line)
        {
            var update = Read(line);
            yield return update;
            if (update.FinishReason is not null)
            {
                yield break;
            }
        }

        throw new ProviderException(ProviderFailure.Unavailable, "The service broke off its answer.");
    }

    /// <summary>The cheapest request that shows whether the service would serve: "aico providers test", and the end of an outage.</summary>
    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        using var response = await _service.SendAsync(HttpMethod.Get, "/health", content: null, ct);
        return new ProbeReport("The service answers and takes the key.");
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null : serviceType.IsInstanceOfType(_metadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() => _service.Dispose();

    private static ChatResponseUpdate Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.TryGetProperty("text", out var text))
            {
                return new ChatResponseUpdate(ChatRole.Assistant, text.GetString());
            }

            if (root.TryGetProperty("call", out var call))
            {
                var arguments = call.GetProperty("arguments").EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone());
                return new ChatResponseUpdate(
                    ChatRole.Assistant, [new FunctionCallContent(call.GetProperty("id").GetString()!, call.GetProperty("name").GetString()!, arguments)]);
            }

            return new ChatResponseUpdate(ChatRole.Assistant, contents: [])
            {
                FinishReason = root.GetProperty("end").GetString() == "tools" ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, "The service sent a line that cannot be read.", error);
        }
    }
}

using System.Runtime.CompilerServices;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.Chat;

/// <summary>A language model that streams its answers over server-sent events; a vendor's client says what is written and how it is read.</summary>
internal abstract class ApiChatClient(ApiConnection connection, string provider, Uri url, string model) : IChatClient, IProviderProbe, IModelCatalog
{
    private readonly ChatClientMetadata _metadata = new(provider, url, model);

    protected ApiConnection Connection { get; } = connection;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var asked = options?.ModelId ?? model;
        var address = AddressOf(asked);
        var errors = Connection.ErrorsOf(address, asked);
        using var response = await Connection.PostAsync(address, Write(messages, options, asked), errors, cancellationToken);
        if (response is null)
        {
            yield return ModelAnswer.Filtered();
            yield break;
        }

        var answer = Read(errors);
        await using var events = ApiConnection.EventsAsync(response, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hadEvents = false;
        while (!answer.IsEnded && await ApiConnection.NextAsync(events, address, answer.IsFinished, cancellationToken))
        {
            hadEvents = true;
            if (answer.Take(events.Current) is { } update)
            {
                yield return update;
            }
        }

        yield return answer.IsFinished || answer.IsEnded ? answer.End() : throw ApiConnection.Unfinished(address, hadEvents);
    }

    public abstract ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct);

    public virtual async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct) => ModelAnswer.Report(model, await ListModelsAsync(ct));

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() => Connection.Dispose();

    /// <summary>Where an answer of the model is asked for.</summary>
    protected abstract Uri AddressOf(string asked);

    protected abstract ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string asked);

    protected abstract IAnswerStream Read(ApiErrors errors);
}

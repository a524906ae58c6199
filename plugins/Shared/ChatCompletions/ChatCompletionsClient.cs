using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>Chat completions, for every vendor that speaks them.</summary>
internal sealed class ChatCompletionsClient : ApiChatClient
{
    private readonly ChatEndpoint _endpoint;

    /// <exception cref="Abstractions.ProviderException">The key cannot be one, or the settings contradict what the model takes.</exception>
    public ChatCompletionsClient(ChatEndpoint endpoint, IProviderContext context)
        : base(new ApiConnection(context, endpoint.Key, endpoint.KeyHeader, endpoint.Headers), endpoint.Provider, endpoint.Url, endpoint.Model)
    {
        ChatEffort.Check(endpoint);
        _endpoint = endpoint;
    }

    public override async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct)
    {
        using var list = await Connection.GetAsync(_endpoint.ModelsUrl, Connection.ErrorsOf(_endpoint.ModelsUrl, _endpoint.Model), ct);
        return ModelList.Read(list.RootElement, _endpoint.ModelsUrl);
    }

    public override async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        if (_endpoint.ListsWhatIsAskedFor)
        {
            return await base.ProbeAsync(ct);
        }

        await ListModelsAsync(ct);
        return new ProbeReport("The endpoint answers and takes the credential; only a conversation shows whether the deployment exists.");
    }

    protected override Uri AddressOf(string asked) => _endpoint.Url;

    protected override ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string asked) =>
        ChatRequestWriter.Write(messages, options, _endpoint, asked);

    protected override IAnswerStream Read(ApiErrors errors) => new ChatStream(errors);
}

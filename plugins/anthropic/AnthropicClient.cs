using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Anthropic;

/// <summary>Anthropic's own API: messages.</summary>
internal sealed class AnthropicClient : ApiChatClient
{
    /// <summary>The version that every model takes; 2026-10-21 refuses the temperature of older ones too.</summary>
    private static readonly Dictionary<string, string> Headers = new() { ["anthropic-version"] = "2023-06-01" };

    private readonly AnthropicSettings _settings;
    private readonly Uri _address;

    /// <exception cref="ProviderException">The key cannot be one, or the settings contradict what the model takes.</exception>
    public AnthropicClient(AnthropicSettings settings, IProviderContext context)
        : base(new ApiConnection(context, settings.ApiKey, "x-api-key", Headers), "anthropic", ApiConnection.Address(settings.BaseUrl), settings.Model)
    {
        AnthropicModels.Check(settings);
        _settings = settings;
        // With or without the version: both are copied from somewhere.
        _address = ApiConnection.Below(ApiConnection.Address(settings.BaseUrl), "/v1");
    }

    public override async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct)
    {
        // The longest page: there are far fewer models.
        var url = new UriBuilder(ApiConnection.Below(_address, "/models")) { Query = "limit=1000" }.Uri;
        using var list = await Connection.GetAsync(url, Connection.ErrorsOf(url, _settings.Model), ct);
        return ModelList.Read(list.RootElement, url);
    }

    protected override Uri AddressOf(string asked) => ApiConnection.Below(_address, "/messages");

    protected override ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string asked) =>
        AnthropicRequestWriter.Write(messages, options, _settings, asked);

    protected override IAnswerStream Read(ApiErrors errors) => new AnthropicStream(errors);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAICompatible;

internal sealed record OpenAICompatibleSettings
{
    [Description("The address up to and with the version: Ollama http://127.0.0.1:11434/v1, llama.cpp http://127.0.0.1:9931/v1 (older builds 8080), vLLM http://127.0.0.1:8000/v1, LM Studio http://127.0.0.1:1234/v1.")]
    [Url]
    public string BaseUrl { get; init; } = "http://127.0.0.1:11434/v1";

    [Description("The model by the server's name. Empty: the server decides, which Ollama refuses and llama.cpp does.")]
    public string Model { get; init; } = "";

    [Description("Randomness from 0 to 2; not sent where it is not set.")]
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    [Description("Tokens that an answer may have; not sent where it is not set.")]
    [Range(1, 1_000_000)]
    public int? MaxTokens { get; init; }

    [Description("How much a reasoning model may think before it speaks: none, minimal, low, medium, high. Not sent where it is empty.")]
    public string ReasoningEffort { get; init; } = "";

    [Description("Asks for the tokens used (stream_options). Switch it off for a server that refuses it.")]
    public bool IncludeUsage { get; init; } = true;

    [Description("Headers that a gateway wants beside the key.")]
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = new Dictionary<string, string>();

    [Description("The key, sent as a bearer token; a local server needs none.")]
    public Secret? ApiKey { get; init; }

    /// <exception cref="Abstractions.ProviderException">The base URL is none.</exception>
    internal ChatEndpoint Endpoint()
    {
        var url = ApiConnection.Below(ApiConnection.Address(BaseUrl), "/chat/completions");
        return new ChatEndpoint
        {
            Provider = "openai-compatible",
            Url = url,
            ModelsUrl = new UriBuilder(url) { Path = url.AbsolutePath[..^"/chat/completions".Length] + "/models" }.Uri,
            Model = Model,
            Key = ApiKey,
            Headers = ExtraHeaders,
            IncludeUsage = IncludeUsage,
            MaxTokensField = url.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase) ? "max_completion_tokens" : "max_tokens",
            MaxTokens = MaxTokens,
            Temperature = Temperature,
            ReasoningEffort = ReasoningEffort,
        };
    }
}

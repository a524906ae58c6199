using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>The plugin's entry.</summary>
public sealed class OpenAICompatiblePlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "openai-compatible",
            "OpenAI-compatible server",
            "Any language model behind OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio, a gateway, or a vendor that speaks this shape.")
        {
            Hosting = ProviderHosting.Local,
            Metadata = new ProviderMetadata
            {
                Quality = "depends on the model",
                CostClass = "free on your own server",
                CostUnit = "token",
                Documentation = new Uri("https://platform.openai.com/docs/api-reference/chat"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<OpenAICompatibleSettings>(
            descriptor, capabilities, (settings, context) => new ChatCompletionsClient(settings.Endpoint(), context));
    }
}

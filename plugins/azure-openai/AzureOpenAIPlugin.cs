using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.AzureOpenAI;

/// <summary>The plugin's entry.</summary>
public sealed class AzureOpenAIPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("azure-openai", "Azure OpenAI", "OpenAI's models in a resource of your own at Azure, with Azure's content filter.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata
            {
                Quality = "high",
                CostClass = "pay per use",
                CostUnit = "token",
                Documentation = new Uri("https://learn.microsoft.com/azure/foundry/openai"),
                Pricing = new Uri("https://azure.microsoft.com/pricing/details/cognitive-services/openai-service"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<AzureOpenAISettings>(descriptor, capabilities, (settings, context) => new ChatCompletionsClient(settings.ChatEndpoint(), context));
    }
}

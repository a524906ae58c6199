using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAI;

/// <summary>The plugin's entry.</summary>
public sealed class OpenAIPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("openai", "OpenAI", "OpenAI's language models over chat completions, without reasoning where the model can do without.")
        {
            Hosting = ProviderHosting.Cloud,
            EndingModels = OpenAIModels.Ending,
            Metadata = new ProviderMetadata
            {
                Quality = "high",
                CostClass = "pay per use",
                CostUnit = "token",
                Documentation = new Uri("https://developers.openai.com/api/docs"),
                Pricing = new Uri("https://openai.com/api/pricing"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<OpenAISettings>(descriptor, capabilities, (settings, context) => new ChatCompletionsClient(settings.Endpoint(), context));
    }
}

using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Groq;

/// <summary>The plugin's entry.</summary>
public sealed class GroqPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("groq", "Groq", "Open models at 500 to 1000 tokens a second.")
        {
            Hosting = ProviderHosting.Cloud,
            EndingModels = GroqModels.Ending,
            Metadata = new ProviderMetadata
            {
                Quality = "good",
                CostClass = "pay per use",
                CostUnit = "token",
                Documentation = new Uri("https://console.groq.com/docs"),
                Pricing = new Uri("https://groq.com/pricing"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<GroqSettings>(descriptor, capabilities, (settings, context) => new ChatCompletionsClient(settings.Endpoint(), context));
    }
}

using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Anthropic;

/// <summary>The plugin's entry.</summary>
public sealed class AnthropicPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("anthropic", "Anthropic", "Anthropic's Claude models over their own API.")
        {
            Hosting = ProviderHosting.Cloud,
            EndingModels = AnthropicModels.Ending,
            Metadata = new ProviderMetadata
            {
                Quality = "high",
                CostClass = "pay per use",
                CostUnit = "token",
                Documentation = new Uri("https://platform.claude.com/docs"),
                Pricing = new Uri("https://platform.claude.com/docs/en/about-claude/pricing"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<AnthropicSettings>(descriptor, capabilities, (settings, context) => new AnthropicClient(settings, context));
    }
}

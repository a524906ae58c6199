using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.Gemini;

/// <summary>The plugin's entry.</summary>
public sealed class GeminiPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("gemini", "Google Gemini", "Google's language models over their own API, or over the OpenAI-compatible one.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata
            {
                Quality = "high",
                CostClass = "free tier, then pay per use",
                CostUnit = "token",
                Documentation = new Uri("https://ai.google.dev/gemini-api/docs"),
                Pricing = new Uri("https://ai.google.dev/gemini-api/docs/pricing"),
            },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<GeminiSettings>(
            descriptor,
            capabilities,
            (settings, context) => settings.Api == GeminiApi.Native ? new GeminiClient(settings, context) : new ChatCompletionsClient(settings.Endpoint(), context));
    }
}

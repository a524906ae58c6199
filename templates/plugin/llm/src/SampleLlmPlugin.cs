using Aico.Abstractions.Plugins;

namespace SampleLlm;

/// <summary>The plugin's entry: says what there is, and does nothing yet.</summary>
public sealed class SampleLlmPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("sample-llm", "Sample Llm", "A language model whose service answers with one JSON object a line.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata { CostClass = "pay per use", CostUnit = "token" },
        };
        providers.AddLanguageModel<SampleLlmSettings>(
            descriptor, new LanguageModelCapabilities { Tools = true }, (settings, context) => new SampleLlmChatClient(settings, context));
    }
}

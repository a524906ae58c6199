using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.ChatCompletions;

namespace Aico.Plugins.OpenAI;

/// <summary>The plugin's entry.</summary>
public sealed class OpenAIPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        AddLanguageModel(providers);
        AddTextToSpeech(providers);
    }

    private static void AddLanguageModel(IProviderRegistry providers)
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

    private static void AddTextToSpeech(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "openai-tts", "OpenAI speech", "Speech by OpenAI, or by any server with its speech endpoint: Kokoro, speaches, Groq's Orpheus. Streamed sentence by sentence.")
        {
            Hosting = ProviderHosting.Cloud,
            EndingModels = OpenAIVoices.EndingModels,
            Metadata = new ProviderMetadata
            {
                Quality = "high",
                CostClass = "pay per use",
                CostUnit = "character or token, as the model has it",
                Documentation = new Uri("https://developers.openai.com/api/docs/guides/text-to-speech"),
                Pricing = new Uri("https://openai.com/api/pricing"),
            },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, Voices = OpenAIVoices.Names, SampleRates = [24_000] };
        providers.AddTextToSpeech<OpenAISpeechSettings>(descriptor, capabilities, (settings, context) => new OpenAITextToSpeech(settings, context));
    }
}

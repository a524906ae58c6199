using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Whisper;

/// <summary>The plugin's entry.</summary>
public sealed class WhisperPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor(
            "whisper",
            "Whisper server",
            "Transcription of whole utterances by whisper.cpp's server, speaches, Groq, OpenAI, or any server with OpenAI's transcription endpoint.")
        {
            Hosting = ProviderHosting.Local,
            EndingModels = WhisperModels.Ending,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://github.com/ggml-org/whisper.cpp/tree/master/examples/server"),
                Quality = "depends on the model",
                CostClass = "free on your own server",
                CostUnit = "audio second",
            },
        };
        var capabilities = new SpeechToTextCapabilities { WordTimes = true, SampleRates = [16_000] };
        providers.AddBatchSpeechToText<WhisperSettings>(descriptor, capabilities, (settings, context) => new WhisperSpeechToText(settings, context));
    }
}

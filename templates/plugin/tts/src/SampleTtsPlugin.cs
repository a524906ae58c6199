using Aico.Abstractions.Plugins;

namespace SampleTts;

/// <summary>The plugin's entry: says what there is, and does nothing yet.</summary>
public sealed class SampleTtsPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("sample-tts", "Sample Tts", "Speech by a service that answers a text with PCM.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata { CostClass = "pay per use", CostUnit = "character" },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, SampleRates = [SampleTtsTextToSpeech.SampleRate] };
        providers.AddTextToSpeech<SampleTtsSettings>(descriptor, capabilities, (settings, context) => new SampleTtsTextToSpeech(settings, context));
    }
}

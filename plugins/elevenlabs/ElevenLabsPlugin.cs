using Aico.Abstractions.Plugins;

namespace Aico.Plugins.ElevenLabs;

/// <summary>The plugin's entry.</summary>
public sealed class ElevenLabsPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("elevenlabs", "ElevenLabs", "Speech by ElevenLabs' voices, streamed with the characters that it speaks.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://elevenlabs.io/docs/capabilities/text-to-speech"),
                Pricing = new Uri("https://elevenlabs.io/pricing/api"),
                Quality = "high",
                TypicalLatency = TimeSpan.FromMilliseconds(75),
                CostClass = "pay per use",
                CostUnit = "character",
            },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, SampleRates = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] };
        providers.AddTextToSpeech<ElevenLabsSettings>(descriptor, capabilities, (settings, context) => new ElevenLabsTextToSpeech(settings, context));
    }
}

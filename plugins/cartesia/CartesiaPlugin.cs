using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Cartesia;

/// <summary>The plugin's entry.</summary>
public sealed class CartesiaPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("cartesia", "Cartesia", "Speech by Cartesia's Sonic voices, streamed with the times of its words.")
        {
            Hosting = ProviderHosting.Cloud,
            EndingModels = CartesiaModels.Ending,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://docs.cartesia.ai/api-reference/tts/tts"),
                Pricing = new Uri("https://cartesia.ai/pricing"),
                Quality = "high",
                TypicalLatency = TimeSpan.FromMilliseconds(90),
                CostClass = "pay per use",
                CostUnit = "character",
            },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, SampleRates = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000] };
        providers.AddTextToSpeech<CartesiaSettings>(descriptor, capabilities, (settings, context) => new CartesiaTextToSpeech(settings, context));
    }
}

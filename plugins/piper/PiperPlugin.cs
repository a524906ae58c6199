using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Piper;

/// <summary>The plugin's entry.</summary>
public sealed class PiperPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("piper", "Piper server", "Natural speech by a Piper HTTP server that you run, of any of its generations.")
        {
            Hosting = ProviderHosting.Local,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://github.com/OHF-Voice/piper1-gpl"),
                Quality = "good",
                CostClass = "free",
            },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, SampleRates = [16_000, 22_050] };
        providers.AddTextToSpeech<PiperSettings>(descriptor, capabilities, (settings, context) => new PiperTextToSpeech(settings, context));
    }
}

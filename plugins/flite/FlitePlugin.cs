using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Flite;

/// <summary>The plugin's entry.</summary>
public sealed class FlitePlugin : IAicoPlugin
{
    internal static readonly ProviderRequirement Library = new(RequirementKind.NativeLibrary, "flite", "apt-get install libflite1");

    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "flite",
            "Flite",
            "English speech inside this process, with the time of every word. Needs no key, no server and little work: about one second of computing for a minute of speech.")
        {
            Hosting = ProviderHosting.BuiltIn,
            Requirements = [Library],
            Metadata = new ProviderMetadata
            {
                Quality = "plain",
                CostClass = "free",
                TypicalLatency = TimeSpan.FromMilliseconds(20),
                Documentation = new Uri("https://github.com/festvox/flite"),
            },
        };
        var capabilities = new TextToSpeechCapabilities
        {
            Languages = ["en", "en-US", "en-GB"],
            Voices = FliteLibrary.VoiceNames,
            IncrementalText = false,
            Alignment = true,
            SampleRates = [16_000, 8_000],
        };
        providers.AddTextToSpeech<FliteSettings>(descriptor, capabilities, (settings, context) => new FliteTextToSpeech(settings, context));
    }
}

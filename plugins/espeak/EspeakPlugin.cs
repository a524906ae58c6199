using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Espeak;

/// <summary>The plugin's entry.</summary>
public sealed class EspeakPlugin : IAicoPlugin
{
    internal static readonly ProviderRequirement Program = new(RequirementKind.Program, "espeak-ng", "apt-get install espeak-ng");

    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "espeak",
            "eSpeak NG",
            "Clear but robotic speech in more than a hundred languages, by the program espeak-ng on this machine. Needs no key and no server.")
        {
            Hosting = ProviderHosting.BuiltIn,
            Requirements = [Program],
            Metadata = new ProviderMetadata
            {
                Quality = "robotic",
                CostClass = "free",
                TypicalLatency = TimeSpan.FromMilliseconds(15),
                Documentation = new Uri("https://github.com/espeak-ng/espeak-ng"),
            },
        };
        var capabilities = new TextToSpeechCapabilities
        {
            Languages = EspeakLanguages.Documented,
            IncrementalText = false,
            Alignment = true,
            SampleRates = [EspeakVoice.SampleRate],
        };
        providers.AddTextToSpeech<EspeakSettings>(descriptor, capabilities, (settings, context) => new EspeakTextToSpeech(settings, context));
    }
}

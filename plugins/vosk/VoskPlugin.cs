using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Vosk;

/// <summary>The plugin's entry.</summary>
public sealed class VoskPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("vosk", "Vosk server", "Streaming transcription by a Vosk server that you run; the server's model decides the language.")
        {
            Hosting = ProviderHosting.Local,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://alphacephei.com/vosk/server"),
                Quality = "depends on the model",
                CostClass = "free",
            },
        };
        var capabilities = new SpeechToTextCapabilities { InterimResults = true, WordTimes = true, SampleRates = [8_000, 16_000, 48_000] };
        providers.AddSpeechToText<VoskSettings>(descriptor, capabilities, (settings, context) => new VoskSpeechToText(settings, context));
    }
}

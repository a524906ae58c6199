using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Deepgram;

/// <summary>The plugin's entry.</summary>
public sealed class DeepgramPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        AddSpeechToText(providers);
        AddTextToSpeech(providers);
    }

    private static void AddSpeechToText(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "deepgram",
            "Deepgram",
            "Streaming transcription by Deepgram's Nova models, or by Flux, which also says when a turn is over.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://developers.deepgram.com/docs/live-streaming-audio"),
                Pricing = new Uri("https://deepgram.com/pricing"),
                Quality = "high",
                TypicalLatency = TimeSpan.FromMilliseconds(350),
                CostClass = "pay per use",
                CostUnit = "audio second",
            },
        };
        var capabilities = new SpeechToTextCapabilities
        {
            InterimResults = true,
            EndOfTurnEvents = true,
            WordTimes = true,
            SampleRates = [8_000, 16_000, 24_000, 44_100, 48_000],
        };
        providers.AddSpeechToText<DeepgramSettings>(descriptor, capabilities, (settings, context) => new DeepgramSpeechToText(settings, context));
    }

    private static void AddTextToSpeech(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor("deepgram-tts", "Deepgram Aura", "Speech by Deepgram's Aura voices, streamed sentence by sentence.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata
            {
                Documentation = new Uri("https://developers.deepgram.com/docs/text-to-speech"),
                Pricing = new Uri("https://deepgram.com/pricing"),
                Quality = "high",
                TypicalLatency = TimeSpan.FromMilliseconds(280),
                CostClass = "pay per use",
                CostUnit = "character",
            },
        };
        var capabilities = new TextToSpeechCapabilities { Alignment = true, SampleRates = [8_000, 16_000, 24_000, 32_000, 48_000] };
        providers.AddTextToSpeech<DeepgramSpeechSettings>(
            descriptor, capabilities, (settings, context) => new DeepgramTextToSpeech(settings, context));
    }
}

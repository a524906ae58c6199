using Aico.Abstractions.Plugins;

namespace SampleStt;

/// <summary>The plugin's entry: says what there is, and does nothing yet.</summary>
public sealed class SampleSttPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor("sample-stt", "Sample Stt", "Transcription by a service that reads whole utterances.")
        {
            Hosting = ProviderHosting.Cloud,
            Metadata = new ProviderMetadata { CostClass = "pay per use", CostUnit = "audio second" },
        };
        // The host cuts the utterances by voice activity. One that hears continuously implements ISpeechToText instead.
        providers.AddBatchSpeechToText<SampleSttSettings>(
            descriptor, new SpeechToTextCapabilities(), (settings, context) => new SampleSttSpeechToText(settings, context));
    }
}

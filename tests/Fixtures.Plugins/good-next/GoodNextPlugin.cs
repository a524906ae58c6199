namespace Fixtures.GoodNext;

/// <summary>The second version of the good plugin, with another set of providers.</summary>
public sealed class GoodNextPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("good-stt", "Good STT 2", "Hears a two."),
            new SpeechToTextCapabilities(),
            (_, _) => new Answer());

    private sealed class NoSettings;

    private sealed class Answer : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            ValueTask.FromResult(new Transcript("good 2"));
    }
}

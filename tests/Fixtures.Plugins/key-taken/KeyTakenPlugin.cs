namespace Fixtures.KeyTaken;

/// <summary>Registers a key of its own and one that the good plugin has.</summary>
public sealed class KeyTakenPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers)
    {
        Add(providers, "key-of-its-own");
        Add(providers, "good-stt");
    }

    private static void Add(IProviderRegistry providers, string key) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor(key, "Key taken", "Claims what another has."),
            new SpeechToTextCapabilities(),
            (_, _) => new Answer());

    private sealed class NoSettings;

    private sealed class Answer : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            ValueTask.FromResult(new Transcript("key-taken"));
    }
}

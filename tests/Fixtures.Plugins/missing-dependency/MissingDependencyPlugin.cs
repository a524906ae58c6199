namespace Fixtures.MissingDependency;

/// <summary>Needs a library that is not in its folder, and would notice only in a call.</summary>
public sealed class MissingDependencyPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("missing-dependency", "Missing dependency", "Lacks its library."),
            new SpeechToTextCapabilities(),
            (_, _) => new Answer());

    private sealed class NoSettings;

    private sealed class Answer : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            ValueTask.FromResult(new Transcript(Fixtures.Dependency.Library.Name));
    }
}

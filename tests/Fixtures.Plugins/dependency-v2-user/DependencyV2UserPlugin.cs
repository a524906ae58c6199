namespace Fixtures.DependencyV2User;

/// <summary>Answers with the version of the library that it was given.</summary>
public sealed class DependencyV2UserPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("library-v2", "Library 2", "Says which library it uses."),
            new SpeechToTextCapabilities(),
            (_, _) => new Answer());

    private sealed class NoSettings;

    private sealed class Answer : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
            ValueTask.FromResult(new Transcript(Fixtures.Dependency.Library.Name));
    }
}

namespace Fixtures.ManifestUnreadable;

/// <summary>Would load: only its manifest stands in the way.</summary>
public sealed class ManifestUnreadablePlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("manifest-unreadable", "ManifestUnreadable", "Must never be seen."),
            new SpeechToTextCapabilities(),
            (_, _) => throw new InvalidOperationException("never made"));

    private sealed class NoSettings;
}

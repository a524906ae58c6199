namespace Fixtures.PathEscaping;

/// <summary>Would load: only its manifest stands in the way.</summary>
public sealed class PathEscapingPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("path-escaping", "PathEscaping", "Must never be seen."),
            new SpeechToTextCapabilities(),
            (_, _) => throw new InvalidOperationException("never made"));

    private sealed class NoSettings;
}

namespace Fixtures.ContractTooNew;

/// <summary>Would load: only its manifest stands in the way.</summary>
public sealed class ContractTooNewPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers) =>
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("contract-too-new", "ContractTooNew", "Must never be seen."),
            new SpeechToTextCapabilities(),
            (_, _) => throw new InvalidOperationException("never made"));

    private sealed class NoSettings;
}

namespace Fixtures.ThrowsInRegister;

/// <summary>Registers one provider and then fails, so that the one must be taken back.</summary>
public sealed class ThrowsInRegisterPlugin : IAicoPlugin
{
    public void Register(IProviderRegistry providers)
    {
        providers.AddBatchSpeechToText<NoSettings>(
            new ProviderDescriptor("half-registered", "Half registered", "Must never be seen."),
            new SpeechToTextCapabilities(),
            (_, _) => throw new InvalidOperationException("never made"));
        throw new InvalidOperationException("the fixture fails\non purpose");
    }

    private sealed class NoSettings;
}

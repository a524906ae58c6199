using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Moonshine;

/// <summary>The plugin's entry.</summary>
public sealed class MoonshinePlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor(
            "moonshine", "Moonshine tiny", "Transcribes English speech in this process, without a key and without a server.")
        {
            Hosting = ProviderHosting.BuiltIn,
            Metadata = new()
            {
                Documentation = new("https://github.com/moonshine-ai/moonshine"),
                Quality = "medium",
                TypicalLatency = TimeSpan.FromMilliseconds(150),
                CostClass = "free",
            },
            Requirements = MoonshineFiles.Requirements,
        };
        var capabilities = new SpeechToTextCapabilities
        {
            Languages = ["en"],
            InterimResults = true,
            SampleRates = [16_000],
        };
        providers.AddBatchSpeechToText<MoonshineSettings>(
            descriptor, capabilities, (settings, context) => new MoonshineSpeechToText(settings, MoonshineFiles.Find(context), context));
    }
}

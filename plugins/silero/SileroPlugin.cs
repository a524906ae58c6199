using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Silero;

/// <summary>The plugin's entry.</summary>
public sealed class SileroPlugin : IAicoPlugin
{
    internal static ProviderRequirement Model { get; } =
        new(RequirementKind.Model, "models/silero/silero_vad.onnx", OnnxRuntime.Requirement.HowToGet);

    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        var descriptor = new ProviderDescriptor(
            "silero", "Silero VAD", "Tells speech from silence and noise, in any language. Runs in this process and needs no key.")
        {
            Hosting = ProviderHosting.BuiltIn,
            Metadata = new()
            {
                Documentation = new("https://github.com/snakers4/silero-vad"),
                Quality = "high",
                TypicalLatency = TimeSpan.FromMilliseconds(32),
                CostClass = "free",
            },
            Requirements = [OnnxRuntime.Requirement, Model],
        };
        providers.AddVoiceActivity<SileroSettings>(
            descriptor,
            (_, context) => new SileroVoiceActivityDetector(
                OnnxRuntime.Require(context, OnnxRuntime.Requirement), OnnxRuntime.Require(context, Model)));
    }
}

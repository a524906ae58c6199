using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Scripted;

/// <summary>The plugin's entry.</summary>
public sealed class ScriptedPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
        var descriptor = new ProviderDescriptor(
            "scripted",
            "Scripted answers (no language model)",
            "A stand-in for a language model, not one: it answers from a list of patterns in a JSON file and repeats what it heard otherwise. For demos, tests and a first try without a key.")
        {
            Hosting = ProviderHosting.BuiltIn,
            Metadata = new ProviderMetadata { Quality = "none: a stand-in", CostClass = "free", TypicalLatency = TimeSpan.Zero },
        };
        var capabilities = new LanguageModelCapabilities { Tools = true, Usage = true };
        providers.AddLanguageModel<ScriptedSettings>(
            descriptor, capabilities, (settings, context) => new ScriptedChatClient(settings, ScriptReader.Read(settings.Script), context.TimeProvider));
    }
}

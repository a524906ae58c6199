using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Scripted;

/// <summary>The plugin's entry.</summary>
public sealed class ScriptedPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

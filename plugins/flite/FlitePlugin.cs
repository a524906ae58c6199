using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Flite;

/// <summary>The plugin's entry.</summary>
public sealed class FlitePlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

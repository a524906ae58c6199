using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Moonshine;

/// <summary>The plugin's entry.</summary>
public sealed class MoonshinePlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

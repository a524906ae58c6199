using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Espeak;

/// <summary>The plugin's entry.</summary>
public sealed class EspeakPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

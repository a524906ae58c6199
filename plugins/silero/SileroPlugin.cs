using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Silero;

/// <summary>The plugin's entry.</summary>
public sealed class SileroPlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

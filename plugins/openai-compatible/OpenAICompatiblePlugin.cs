using Aico.Abstractions.Plugins;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>The plugin's entry.</summary>
public sealed class OpenAICompatiblePlugin : IAicoPlugin
{
    /// <inheritdoc />
    public void Register(IProviderRegistry providers)
    {
    }
}

namespace Aico.Abstractions.Plugins;

/// <summary>
/// The entry of a plugin: the one public class with a public parameterless constructor that implements this interface in the
/// assembly that plugin.json names.
/// </summary>
public interface IAicoPlugin
{
    /// <summary>Registers the plugin's providers. Does no I/O and loads no native library: that waits until a provider is created.</summary>
    void Register(IProviderRegistry providers);
}

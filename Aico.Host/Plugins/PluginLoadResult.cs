namespace Aico.Host.Plugins;

/// <summary>How far the loading of a plugin came. Either <see cref="Plugin"/> or <see cref="Rejection"/> is set.</summary>
internal sealed class PluginLoadResult
{
    public PluginManifest? Manifest { get; set; }

    public string? CodeFolder { get; set; }

    public LoadedPlugin? Plugin { get; set; }

    public IReadOnlyList<string> Providers { get; set; } = [];

    public PluginRejection? Rejection { get; private set; }

    public void Reject(PluginRejection rejection)
    {
        Plugin = null;
        Rejection = rejection;
    }
}

namespace Aico.Host.Plugins;

/// <summary>What the scanner remembers of one plugin between two scans.</summary>
internal sealed class PluginSlot(PluginFolder folder)
{
    public PluginFolder Folder { get; set; } = folder;

    /// <summary>The files that were looked at last; null where they were changing, so that a scan is due soon.</summary>
    public string? Stamp { get; set; }

    /// <summary>The version that serves new calls; null where none does.</summary>
    public LoadedPlugin? Current { get; set; }

    public IReadOnlyList<string> Providers { get; set; } = [];

    /// <summary>Why the files that lie there now do not serve; the version before may still do.</summary>
    public PluginRejection? Rejection { get; set; }

    public string? RejectedVersion { get; set; }

    public IEnumerable<PluginStatus> Statuses()
    {
        if (Current is not null)
        {
            yield return new PluginStatus(Folder.Id, Folder.Path, PluginState.Loaded)
            {
                Version = Current.Manifest.Version,
                Providers = Providers,
                Note = Rejection is null ? null : "Its files changed, but what lies there now was rejected; this version goes on serving.",
            };
        }

        if (Rejection is not null)
        {
            yield return new PluginStatus(Folder.Id, Folder.Path, PluginState.Rejected) { Version = RejectedVersion, Rejection = Rejection };
        }
    }
}

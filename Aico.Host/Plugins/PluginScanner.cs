using Microsoft.Extensions.Logging;

namespace Aico.Host.Plugins;

/// <summary>
/// Keeps the loaded plugins in step with the plugins folders. A scan loads what is new or has changed, beside what serves already; a
/// change that cannot be loaded leaves the version before in place.
/// </summary>
internal sealed class PluginScanner(
    IReadOnlyList<string> roots,
    PluginWorkspace workspace,
    IPluginReceiver receiver,
    ILogger<PluginScanner> logger,
    Func<string, PluginFiles>? listFiles = null)
{
    /// <summary>The folders whose subfolders are plugins, in order of precedence.</summary>
    public IReadOnlyList<string> Roots { get; } = roots;

    private readonly Lock _lock = new();
    private readonly Func<string, PluginFiles> _listFiles = listFiles ?? PluginFiles.Of;
    private readonly PluginLoader _loader = new(workspace, listFiles ?? PluginFiles.Of);
    private readonly SortedDictionary<string, PluginSlot> _slots = new(StringComparer.Ordinal);
    private readonly List<RetiredPlugin> _retired = [];

    /// <summary>Looks at the folders once. Any thread may call it; two scans never run at once.</summary>
    /// <returns>False where something was still being written, so that the caller should scan again soon.</returns>
    public bool Rescan()
    {
        lock (_lock)
        {
            IReadOnlyList<PluginFolder> folders;
            try
            {
                folders = PluginFolder.FindIn(Roots);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Unreadable for a moment is not removed: everything stays as it is.
                logger.LogWarning(fault, "The plugins folders cannot be read; nothing changes.");
                return true;
            }

            var freed = RetireRemoved(folders);
            foreach (var folder in folders.Where(folder => folder.ShadowedBy is null))
            {
                freed |= Look(folder);
            }

            if (freed)
            {
                RetryTakenKeys();
            }

            ForgetGone();
            receiver.Publish(
            [
                .. _slots.Values.SelectMany(slot => slot.Statuses())
                    .Concat(folders.Where(folder => folder.ShadowedBy is not null).Select(Duplicate))
                    .Concat(_retired.Select(retired => retired.Status))
                    .OrderBy(status => status.Id, StringComparer.Ordinal)
                    .ThenBy(status => status.State),
            ]);
            return _slots.Values.All(slot => slot.Stamp is not null);
        }
    }

    /// <summary>Takes a plugin out that serves and should not, and looks at its folder again, so that the reason is told as at its loading.</summary>
    public void LoadAgain(string id)
    {
        lock (_lock)
        {
            if (_slots.Remove(id, out var slot) && slot.Current is { } current)
            {
                receiver.Remove(id);
                _retired.Add(new RetiredPlugin(current, slot.Providers, "It was taken out of service; calls that use it finish with it."));
            }

            Rescan();
        }
    }

    private bool RetireRemoved(IReadOnlyList<PluginFolder> folders)
    {
        var freed = false;
        foreach (var slot in _slots.Values.Where(slot => !folders.Any(folder => folder.Id == slot.Folder.Id)).ToList())
        {
            _slots.Remove(slot.Folder.Id);
            if (slot.Current is { } current)
            {
                receiver.Remove(slot.Folder.Id);
                _retired.Add(new RetiredPlugin(current, slot.Providers, "Its folder was removed; calls that use it finish with it."));
                logger.LogInformation("Plugin {Plugin} {Version} was removed.", slot.Folder.Id, current.Manifest.Version);
                freed = true;
            }
        }

        return freed;
    }

    // Returns true where keys may have become free.
    private bool Look(PluginFolder folder)
    {
        if (!_slots.TryGetValue(folder.Id, out var slot))
        {
            _slots[folder.Id] = slot = new PluginSlot(folder);
        }

        PluginFiles files;
        try
        {
            files = _listFiles(folder.Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            slot.Stamp = "";
            Reject(slot, PluginFault.Explain(fault), version: null);
            return false;
        }

        return files.Stamp != slot.Stamp && Load(slot, folder, files);
    }

    private bool Load(PluginSlot slot, PluginFolder folder, PluginFiles files)
    {
        var result = _loader.Load(folder, files, receiver);
        slot.Folder = folder;
        slot.Stamp = result.Rejection?.Reason == PluginRejectionReason.StillChanging ? null : files.Stamp;
        if (result.Plugin is not { } plugin)
        {
            Reject(slot, result.Rejection!, result.Manifest?.Version);
            return false;
        }

        var before = slot.Current;
        if (before is not null)
        {
            _retired.Add(new RetiredPlugin(
                before, slot.Providers, $"Version {plugin.Manifest.Version} has replaced it; calls that use it finish with it."));
        }

        slot.Current = plugin;
        slot.Providers = result.Providers;
        slot.Rejection = null;
        logger.LogInformation(
            "Plugin {Plugin} {Version} is loaded with {Providers}.", folder.Id, plugin.Manifest.Version, string.Join(", ", result.Providers));
        return before is not null;
    }

    private void Reject(PluginSlot slot, PluginRejection rejection, string? version)
    {
        if (rejection == slot.Rejection)
        {
            return;
        }

        slot.Rejection = rejection;
        slot.RejectedVersion = version;
        logger.LogWarning(
            "Plugin {Plugin} was rejected ({Reason}): {Message} {Remedy}", slot.Folder.Id, rejection.Code, rejection.Message, rejection.Remedy);
    }

    private void RetryTakenKeys()
    {
        foreach (var slot in _slots.Values.Where(slot => slot.Rejection?.Reason == PluginRejectionReason.KeyTaken))
        {
            slot.Stamp = null;
            Look(slot.Folder);
        }
    }

    private void ForgetGone()
    {
        foreach (var retired in _retired.Where(retired => retired.IsGone).ToList())
        {
            _retired.Remove(retired);
            workspace.Delete(retired.CodeFolder);
        }
    }

    private static PluginStatus Duplicate(PluginFolder folder) => new(folder.Id, folder.Path, PluginState.Rejected)
    {
        Rejection = new PluginRejection(
            PluginRejectionReason.DuplicateId,
            $"A plugin of this name lies in {folder.ShadowedBy} already.",
            "Remove one of the two folders."),
    };
}

using System.Reflection;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Plugins;

/// <summary>
/// Turns a folder into a loaded plugin or into the reason why not. The only place that catches every exception of a plugin, since a
/// plugin's code may throw anything and the host must run on.
/// </summary>
internal sealed class PluginLoader(PluginWorkspace workspace, Func<string, PluginFiles> listFiles)
{
    /// <summary>Loads the plugin and lets it register. Called by one thread at a time.</summary>
    public PluginLoadResult Load(PluginFolder folder, PluginFiles files, IPluginReceiver receiver)
    {
        var result = new PluginLoadResult();
        try
        {
            result.Manifest = PluginManifestReader.Read(folder);
            result.CodeFolder = Copy(folder, files);
            result.Plugin = Activate(result.Manifest, folder, result.CodeFolder);
            result.Providers = receiver.Register(result.Plugin);
        }
        catch (PluginRejectedException rejected)
        {
            result.Reject(rejected.Rejection);
        }
        catch (Exception fault)
        {
            result.Reject(PluginFault.Explain(fault));
        }

        if (result is { Rejection: not null, CodeFolder: { } copy })
        {
            workspace.Delete(copy);
        }

        return result;
    }

    private string Copy(PluginFolder folder, PluginFiles files)
    {
        string copy;
        try
        {
            copy = workspace.Copy(folder, files);
        }
        catch (FileNotFoundException gone)
        {
            throw StillChanging(gone);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginRejectedException(
                PluginRejectionReason.FilesUnreadable,
                $"No private copy of its files can be made: {fault.Message}",
                "Let this user read the plugin's folder and write to the folder for temporary files (TMPDIR), and free space there.",
                fault);
        }

        if (listFiles(folder.Path).Stamp != files.Stamp)
        {
            workspace.Delete(copy);
            throw StillChanging(inner: null);
        }

        return copy;
    }

    private static LoadedPlugin Activate(PluginManifest manifest, PluginFolder folder, string codeFolder)
    {
        var path = Path.Combine(codeFolder, manifest.Assembly);
        if (!File.Exists(path))
        {
            throw new PluginRejectedException(
                PluginRejectionReason.ManifestInvalid,
                $"\"assembly\" in {PluginManifestReader.FileName} names \"{manifest.Assembly}\", which is no .dll.",
                "Name the plugin's assembly, with its ending .dll.");
        }

        var context = new PluginLoadContext($"{manifest.Id} {manifest.Version}", path);
        var assembly = context.LoadFromAssemblyPath(path);
        PluginReferences.Check(assembly, context);
        return new LoadedPlugin(manifest, folder.Path, codeFolder, CreateEntry(assembly), context);
    }

    private static IAicoPlugin CreateEntry(Assembly assembly)
    {
        // All types are loaded, also those that are needed later: a mismatch shows now and not in a call.
        var entries = assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsVisible: true } && type.IsAssignableTo(typeof(IAicoPlugin)))
            .ToList();
        if (entries is not [var entry])
        {
            throw entries.Count == 0
                ? new PluginRejectedException(
                    PluginRejectionReason.EntryMissing,
                    $"{assembly.GetName().Name} holds no public class that implements IAicoPlugin.",
                    "Name the assembly with the entry class in plugin.json, or ask the plugin's author for it.")
                : new PluginRejectedException(
                    PluginRejectionReason.EntryAmbiguous,
                    $"{assembly.GetName().Name} holds several classes that implement IAicoPlugin: {string.Join(", ", entries.Select(type => type.Name))}.",
                    "Ask the plugin's author to leave one of them public.");
        }

        var constructor = entry.GetConstructor(Type.EmptyTypes)
            ?? throw new PluginRejectedException(
                PluginRejectionReason.EntryMissing,
                $"{entry.Name} has no public constructor without parameters.",
                "Ask the plugin's author for one.");
        return (IAicoPlugin)constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, parameters: [], culture: null);
    }

    private static PluginRejectedException StillChanging(Exception? inner) => new(
        PluginRejectionReason.StillChanging,
        "Its files were written while they were read.",
        "Nothing, if it is being copied: it is looked at again. Otherwise stop what writes to the folder.",
        inner);
}

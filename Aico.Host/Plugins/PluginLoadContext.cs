using System.Reflection;
using System.Runtime.Loader;

namespace Aico.Host.Plugins;

/// <summary>
/// The assemblies of one version of one plugin. Collected when nobody uses the plugin any more; never unloaded by force, since an
/// instance in use may still need an assembly that was not loaded so far.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _folder;

    /// <exception cref="InvalidOperationException">The plugin's .deps.json names a file that is not there.</exception>
    public PluginLoadContext(string name, string assemblyPath)
        : base(name, isCollectible: true)
    {
        _resolver = new AssemblyDependencyResolver(assemblyPath);
        _folder = Path.GetDirectoryName(assemblyPath)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Shared first: a copy in the plugin's folder would give it contract types that the host does not know.
        if (SharedAssemblies.Contains(assemblyName.Name))
        {
            return null;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    // Files that were only copied stand in no .deps.json: the resolver does not see them.
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        (_resolver.ResolveUnmanagedDllToPath(unmanagedDllName) ?? NativeNames.Find(_folder, unmanagedDllName)) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : 0;
}

using System.Reflection;
using System.Runtime.Loader;

namespace Aico.Host.Plugins;

/// <summary>Checks before a plugin runs that what its assemblies refer to is there, since the runtime would notice in the middle of a call.</summary>
internal static class PluginReferences
{
    /// <exception cref="PluginRejectedException">Something is missing or too old.</exception>
    public static void Check(Assembly plugin, PluginLoadContext context)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Queue<Assembly>([plugin]);
        while (waiting.TryDequeue(out var assembly))
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(reference => seen.Add(reference.Name!)))
            {
                if (SharedAssemblies.Contains(reference.Name))
                {
                    CheckShared(assembly, reference);
                }
                else if (Load(reference, context, isOptional: assembly != plugin) is { } own
                    && AssemblyLoadContext.GetLoadContext(own) == context)
                {
                    waiting.Enqueue(own);
                }
            }
        }
    }

    private static void CheckShared(Assembly user, AssemblyName reference)
    {
        var host = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(reference.Name!)).GetName();
        if (reference.Version > host.Version)
        {
            throw new PluginRejectedException(
                PluginRejectionReason.SharedAssemblyTooOld,
                $"{user.GetName().Name} was built against {reference.Name} {reference.Version}, and this host has {host.Version}.",
                "Update AICO, or build the plugin with the versions that this host has.");
        }
    }

    // Packages refer to assemblies that they can do without; only what the plugin itself refers to must be there.
    private static Assembly? Load(AssemblyName reference, PluginLoadContext context, bool isOptional)
    {
        try
        {
            return context.LoadFromAssemblyName(reference);
        }
        catch (FileNotFoundException) when (isOptional)
        {
            return null;
        }
        catch (FileNotFoundException fault)
        {
            throw new PluginRejectedException(
                PluginRejectionReason.DependencyMissing,
                $"It needs {reference.Name} {reference.Version}, which is neither in its folder nor shared by the host.",
                $"Copy {reference.Name}.dll into the plugin's folder; \"dotnet publish\" of the plugin brings all that it needs.",
                fault);
        }
    }
}

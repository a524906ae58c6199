using System.Runtime.InteropServices;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers;

/// <summary>Whether something that a provider needs is on this machine and can be used.</summary>
/// <param name="Path">Where it was found; null where it was not.</param>
/// <param name="Problem">What is wrong; null where it can be used.</param>
internal sealed record RequirementProbe(string? Path, string? Problem)
{
    public bool IsUsable => Problem is null;

    /// <summary>Looks for it the way the provider will. A native library is really loaded, since only that shows what it misses itself.</summary>
    public static RequirementProbe Look(ProviderRequirement requirement, IProviderContext context) => requirement.Kind switch
    {
        RequirementKind.NativeLibrary => Load(context.Find(requirement) ?? SystemLibrary.Find(requirement.Name), requirement.Name),
        RequirementKind.Model => Measure(context.Find(requirement)),
        _ => context.Find(requirement) is { } program
            ? new RequirementProbe(program, Problem: null)
            : new RequirementProbe(Path: null, "It is not on PATH."),
    };

    private static RequirementProbe Load(string? path, string name)
    {
        if (path is null)
        {
            return new RequirementProbe(Path: null, "It is neither in the plugin's folder, nor in native/, nor among the system's libraries.");
        }

        try
        {
            NativeLibrary.Free(NativeLibrary.Load(path));
            return new RequirementProbe(path, Problem: null);
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return new RequirementProbe(path, $"{name} is there but does not load: {fault.Message.ReplaceLineEndings(" ").Trim()}");
        }
    }

    private static RequirementProbe Measure(string? path) => path switch
    {
        null => new RequirementProbe(Path: null, "It is neither in the plugin's folder nor in native/."),
        _ when new FileInfo(path).Length == 0 => new RequirementProbe(path, $"{path} is empty."),
        _ => new RequirementProbe(path, Problem: null),
    };
}

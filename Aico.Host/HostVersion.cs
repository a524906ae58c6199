using System.Reflection;

namespace Aico.Host;

/// <summary>The version of this build. Not the assembly's, which stays the same for plugins to bind to.</summary>
internal static class HostVersion
{
    public static string Text { get; } =
        typeof(HostVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}

using System.Reflection;

namespace Aico.Host.Plugins;

/// <summary>Says of an exception that a plugin's code raised what it means for the operator.</summary>
internal static class PluginFault
{
    public static PluginRejection Explain(Exception fault) => fault switch
    {
        // hostfxr's resolver reports a file of the .deps.json that is not there this way, in several lines.
        InvalidOperationException when fault.StackTrace?.Contains("AssemblyDependencyResolver", StringComparison.Ordinal) == true =>
            new PluginRejection(
                PluginRejectionReason.DependencyMissing,
                $"Its .deps.json names a file that is not there: {OneLine(fault.Message)}",
                "Copy the whole plugin again; \"dotnet publish\" of the plugin brings all that it needs."),
        FileNotFoundException { FileName: { } name } => new PluginRejection(
            PluginRejectionReason.DependencyMissing,
            $"It needs {name}, which is neither in its folder nor shared by the host.",
            "Copy the whole plugin again; \"dotnet publish\" of the plugin brings all that it needs."),
        BadImageFormatException => NotLoadable(
            "Its assembly is damaged or no .NET assembly.", "Copy the plugin again, and check that plugin.json names its managed assembly."),
        ReflectionTypeLoadException types => NotLoadable(
            $"Some of its types do not load: {Messages(types)}", "Take a version of the plugin that was built for this version of AICO."),
        TypeLoadException or MissingMemberException or FileLoadException => NotLoadable(
            $"Its code does not fit this host: {OneLine(fault.Message)}",
            "Take a version of the plugin that was built for this version of AICO."),
        IOException or UnauthorizedAccessException => new PluginRejection(
            PluginRejectionReason.FilesUnreadable,
            $"Its files cannot be read: {OneLine(fault.Message)}",
            "Let the user that runs AICO read the plugin's folder."),
        _ => new PluginRejection(
            PluginRejectionReason.RegisterFailed,
            $"Its Register threw {fault.GetType().Name}: {OneLine(fault.Message)}",
            "Report it to the plugin's author, or take another version of the plugin."),
    };

    private static PluginRejection NotLoadable(string message, string remedy) => new(PluginRejectionReason.NotLoadable, message, remedy);

    private static string Messages(ReflectionTypeLoadException fault) => string.Join(
        " ", fault.LoaderExceptions.OfType<Exception>().Select(inner => OneLine(inner.Message)).Distinct(StringComparer.Ordinal).Take(3));

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Reflection;
using System.Security;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Cli.Scaffolding;

/// <summary>
/// The files of a new plugin. They are those of templates/plugin, which lie in this assembly: a program that is one file has them too.
/// There they are real code under sample names, which this repository compiles and tests.
/// </summary>
internal static class PluginTemplate
{
    private const string Prefix = "plugin-template/";

    private static readonly Assembly _assembly = typeof(PluginTemplate).Assembly;

    /// <summary>Path, with forward slashes, and text of every file.</summary>
    /// <param name="kind">"stt", "tts" or "llm".</param>
    /// <param name="name">Stands in the place of the sample names.</param>
    /// <param name="feed">The folder of AICO's packages.</param>
    public static IReadOnlyList<(string Path, string Text)> Render(string kind, PluginName name, string feed) =>
    [
        .. from resource in _assembly.GetManifestResourceNames()
           let path = resource.Replace('\\', '/')
           from part in new[] { "common", kind }
           let folder = $"{Prefix}{part}/"
           where path.StartsWith(folder, StringComparison.Ordinal)
           let target = Name(path[folder.Length..], part, name)
           orderby target
           select (target, Fill(Name(Read(resource), part, name), feed)),
    ];

    // What a file of the part "tts" calls SampleTts, sample-tts or "Sample Tts".
    private static string Name(string text, string part, PluginName name)
    {
        var sample = char.ToUpperInvariant(part[0]) + part[1..];
        return text.Replace($"Sample{sample}", name.Code, StringComparison.Ordinal)
            .Replace($"Sample {sample}", name.Display, StringComparison.Ordinal)
            .Replace($"sample-{part}", name.Id, StringComparison.Ordinal);
    }

    private static string Fill(string text, string feed) => text
        .Replace("$feed$", SecurityElement.Escape(feed), StringComparison.Ordinal)
        .Replace("$aico-version$", HostVersion.Text, StringComparison.Ordinal)
        .Replace("$contract$", ContractVersion.Current.ToString(), StringComparison.Ordinal);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(_assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

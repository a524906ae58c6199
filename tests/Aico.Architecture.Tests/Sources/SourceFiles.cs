using Aico.Testing;

namespace Aico.Architecture.Tests.Sources;

/// <summary>The C# sources that we write: no build output, no test data.</summary>
internal static class SourceFiles
{
    private static readonly string[] Projects = ["Aico.Abstractions", "Aico.Host", "plugins", "templates", "tests"];

    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", "Data"];

    public static IEnumerable<string> All() => Projects.SelectMany(project => In(Path.Combine(TestPaths.Repository, project)));

    /// <summary>The path inside the repository, with forward slashes everywhere.</summary>
    public static string Name(string file) => Path.GetRelativePath(TestPaths.Repository, file).Replace('\\', '/');

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs")
            .Concat(Directory.EnumerateDirectories(folder).Where(sub => !NotOurs.Contains(Path.GetFileName(sub))).SelectMany(In));
}

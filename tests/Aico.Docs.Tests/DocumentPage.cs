using Aico.Testing;

namespace Aico.Docs.Tests;

/// <summary>A page of the documents.</summary>
/// <param name="Name">Its path in the repository, with forward slashes.</param>
public sealed record DocumentPage(string Name)
{
    /// <summary>The README and everything under docs/.</summary>
    public static IReadOnlyList<DocumentPage> All { get; } =
    [
        new("README.md"),
        .. Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => new DocumentPage(Path.GetRelativePath(TestPaths.Repository, file).Replace('\\', '/')))
            .OrderBy(page => page.Name, StringComparer.Ordinal),
    ];

    public string File => Path.Combine(TestPaths.Repository, Name);

    public IReadOnlyList<string> Lines => System.IO.File.ReadAllLines(File);

    public override string ToString() => Name;
}

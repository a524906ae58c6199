using System.IO.Compression;
using Aico.Host;
using Aico.Testing;

namespace Aico.Docs.Tests;

/// <summary>What plugin authors get is whole: the build packs it each time.</summary>
public class PackageTests
{
    private static readonly string _folder = Path.Combine(TestPaths.Repository, "artifacts", "packages");

    [TestCase("Aico.Abstractions")]
    [TestCase("Aico.Testing.Conformance")]
    public void Come_with_documentation_readme_and_symbols(string package)
    {
        Entries($"{package}.{HostVersion.Text}.nupkg").Should().Contain([$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml", "README.md"]);
        Entries($"{package}.{HostVersion.Text}.snupkg").Should().Contain($"lib/net10.0/{package}.pdb");
    }

    [Test]
    public void Ask_for_nothing_of_the_host()
    {
        using var file = ZipFile.OpenRead(Path.Combine(_folder, $"Aico.Testing.Conformance.{HostVersion.Text}.nupkg"));
        using var reader = new StreamReader(file.GetEntry("Aico.Testing.Conformance.nuspec")!.Open());

        reader.ReadToEnd().Should().Contain("dependency id=\"Aico.Abstractions\"").And.NotContain("dependency id=\"aico\"").And.NotContain("Aico.Testing\"");
    }

    private static List<string> Entries(string package)
    {
        using var file = ZipFile.OpenRead(Path.Combine(_folder, package));
        return [.. file.Entries.Select(entry => entry.FullName)];
    }
}

using Aico.Testing;

namespace Aico.Architecture.Tests.Modules;

public class AssemblyReferenceTests
{
    private static readonly string PluginsFolder = Path.Combine(TestPaths.Repository, "artifacts", "aico", "plugins");

    private static IEnumerable<string> PluginKeys =>
        Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "plugins"), "plugin.json", SearchOption.AllDirectories)
            .Select(manifest => Path.GetDirectoryName(manifest)!)
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => Path.GetFileName(folder)!);

    [Test]
    public void The_contracts_use_nothing_of_ours()
    {
        OursReferencedBy(Path.Combine(AppContext.BaseDirectory, "Aico.Abstractions.dll")).Should().BeEmpty();
    }

    [TestCaseSource(nameof(PluginKeys))]
    public void A_plugin_uses_only_the_contracts_of_ours(string key)
    {
        var own = Directory.EnumerateFiles(Path.Combine(PluginsFolder, key), "*.dll").Where(file => IsOurs(Path.GetFileName(file))).ToList();

        own.Should().NotBeEmpty("the build assembles the plugin there");
        own.SelectMany(OursReferencedBy).Except(own.Select(file => Path.GetFileNameWithoutExtension(file))).Should().Equal("Aico.Abstractions");
    }

    [TestCaseSource(nameof(PluginKeys))]
    public void A_plugin_does_not_carry_the_contracts(string key)
    {
        Directory.EnumerateFiles(Path.Combine(PluginsFolder, key), "*", SearchOption.AllDirectories).Select(Path.GetFileName)
            .Should().NotContain("Aico.Abstractions.dll", "a second copy would split the identity of its types");
    }

    [Test]
    public void Sees_a_reference_between_our_assemblies()
    {
        OursReferencedBy(Path.Combine(AppContext.BaseDirectory, "aico.dll")).Should().Equal("Aico.Abstractions");
    }

    // The host's assembly is "aico", all others "Aico.<Name>".
    private static bool IsOurs(string assembly) =>
        assembly.Equals("aico", StringComparison.OrdinalIgnoreCase) || assembly.StartsWith("aico.", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> OursReferencedBy(string path)
    {
        using var assembly = Assemblies.Read(path);
        return assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(IsOurs).Distinct().ToList();
    }
}

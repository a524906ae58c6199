using Aico.Host.Plugins;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Plugins;

public class HalfCopiedPluginTests
{
    [Test]
    public async Task Loads_a_plugin_as_soon_as_its_last_file_is_there()
    {
        using var sandbox = new PluginSandbox();
        var source = PluginSandbox.BuildOf("DependencyV1User");
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.PluginsFolder, "dependency-v1-user")).FullName;
        await using var host = sandbox.Open();
        var reasons = new List<PluginRejectionReason?>();

        foreach (var file in new[] { "plugin.json", "Fixtures.DependencyV1User.dll", "Fixtures.DependencyV1User.deps.json", "Fixtures.Dependency.dll" })
        {
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file));
            host.Plugins.Rescan();
            reasons.Add(host.Catalog.Plugins.Single().Rejection?.Reason);
        }

        reasons.Should().Equal(
            PluginRejectionReason.AssemblyMissing, PluginRejectionReason.DependencyMissing, PluginRejectionReason.DependencyMissing, null);
        (await PluginSandbox.AskAsync(PluginSandbox.Create(host, "library-v1"))).Should().Be("library 1");
    }

    [Test]
    public void Loads_a_cut_off_assembly_when_it_is_whole()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        var path = Path.Combine(folder, "Fixtures.Good.dll");
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        using var workspace = new PluginWorkspace(NullLogger<PluginWorkspace>.Instance);
        var catalog = new ProviderCatalog();
        var scanner = new PluginScanner([sandbox.PluginsFolder], workspace, catalog, NullLogger<PluginScanner>.Instance);

        scanner.Rescan();
        catalog.Plugins.Single().Rejection!.Reason.Should().Be(PluginRejectionReason.NotLoadable);
        File.WriteAllBytes(path, whole);
        scanner.Rescan();

        catalog.Plugins.Single().State.Should().Be(PluginState.Loaded);
    }

    [Test]
    public void Looks_again_at_a_folder_that_changes_while_it_is_read()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        using var workspace = new PluginWorkspace(NullLogger<PluginWorkspace>.Instance);
        var catalog = new ProviderCatalog();
        var listings = 0;
        var scanner = new PluginScanner(
            [sandbox.PluginsFolder], workspace, catalog, NullLogger<PluginScanner>.Instance, path =>
            {
                // The second listing follows the copying: by then, another file has arrived.
                if (++listings == 2)
                {
                    File.WriteAllText(Path.Combine(folder, "late.json"), "{}");
                }

                return PluginFiles.Of(path);
            });

        var settled = scanner.Rescan();
        var status = catalog.Plugins.Single();
        var settledLater = scanner.Rescan();

        settled.Should().BeFalse();
        status.Rejection!.Reason.Should().Be(PluginRejectionReason.StillChanging);
        settledLater.Should().BeTrue();
        catalog.Plugins.Single().State.Should().Be(PluginState.Loaded);
    }
}

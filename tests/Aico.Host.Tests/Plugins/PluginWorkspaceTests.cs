using Aico.Host.Plugins;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Plugins;

public class PluginWorkspaceTests
{
    [Test]
    public void Deletes_what_a_killed_process_has_left_and_nothing_that_is_in_use()
    {
        using var sandbox = new PluginSandbox();
        var plugin = new PluginFolder("good", sandbox.Add("Good"));
        using var other = new PluginWorkspace(NullLogger<PluginWorkspace>.Instance);
        var inUse = other.Copy(plugin, PluginFiles.Of(plugin.Path));
        var abandoned = Directory.CreateTempSubdirectory("aico-plugins-").FullName;
        File.WriteAllText(Path.Combine(abandoned, ".lock"), "");
        var beingMade = Directory.CreateTempSubdirectory("aico-plugins-").FullName;

        using (var workspace = new PluginWorkspace(NullLogger<PluginWorkspace>.Instance))
        {
            workspace.Copy(plugin, PluginFiles.Of(plugin.Path));
        }

        Directory.Exists(abandoned).Should().BeFalse();
        File.Exists(Path.Combine(inUse, "plugin.json")).Should().BeTrue();
        Directory.Exists(beingMade).Should().BeTrue();
        Directory.Delete(beingMade);
    }

    [Test]
    public void Leaves_nothing_behind()
    {
        using var sandbox = new PluginSandbox();
        var plugin = new PluginFolder("good", sandbox.Add("Good"));
        var workspace = new PluginWorkspace(NullLogger<PluginWorkspace>.Instance);
        var copy = workspace.Copy(plugin, PluginFiles.Of(plugin.Path));

        workspace.Dispose();

        Directory.Exists(Path.GetDirectoryName(copy)).Should().BeFalse();
    }

    [Test]
    public void Copies_code_and_leaves_data_where_it_is()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        Directory.CreateDirectory(Path.Combine(folder, "runtimes", "linux-x64", "native"));
        foreach (var name in new[] { "model.onnx", "libthing.so.1", "runtimes/linux-x64/native/libother.so" })
        {
            File.WriteAllText(Path.Combine(folder, name), "x");
        }

        PluginFiles.Of(folder).RelativePaths.Should().Equal(
            "Fixtures.Good.deps.json",
            "Fixtures.Good.dll",
            "Fixtures.Good.pdb",
            "Fixtures.Good.runtimeconfig.json",
            "libthing.so.1",
            "plugin.json",
            "runtimes/linux-x64/native/libother.so");
    }
}

using Aico.Abstractions.Plugins;

namespace Aico.Host.Tests.Plugins;

public class PluginIsolationTests
{
    [Test]
    public async Task Gives_each_plugin_its_own_version_of_a_library()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("DependencyV1User");
        sandbox.Add("DependencyV2User");
        await using var host = sandbox.Open();

        var first = await PluginSandbox.AskAsync(PluginSandbox.Create(host, "library-v1"));
        var second = await PluginSandbox.AskAsync(PluginSandbox.Create(host, "library-v2"));

        (first, second).Should().Be(("library 1", "library 2"));
    }

    // Without a .deps.json the resolver takes every assembly of the folder, so it would take the copy.
    [TestCase(false)]
    [TestCase(true)]
    public async Task Shares_the_contract_also_where_the_plugin_carries_a_copy(bool withoutDependencyFile)
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        File.Copy(typeof(IAicoPlugin).Assembly.Location, Path.Combine(folder, "Aico.Abstractions.dll"));
        if (withoutDependencyFile)
        {
            File.Delete(Path.Combine(folder, "Fixtures.Good.deps.json"));
        }

        await using var host = sandbox.Open();

        host.Catalog.Plugins.Should().ContainSingle().Which.Rejection.Should().BeNull();
        (await PluginSandbox.AskAsync(PluginSandbox.Create(host, "good-stt"))).Should().Be("good 1");
    }

    [Test]
    public async Task Never_runs_code_from_the_plugins_folder()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();

        var location = PluginSandbox.Create(host, "good-stt").GetType().Assembly.Location;

        location.Should().NotBeEmpty().And.NotStartWith(sandbox.HostFolder);
    }
}

using System.Runtime.CompilerServices;
using Aico.Host.Plugins;

namespace Aico.Host.Tests.Plugins;

public class PluginUnloadTests
{
    [Test]
    public async Task Keeps_a_replaced_version_while_an_instance_of_it_is_used()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        var old = PluginSandbox.Create(host, "good-stt");

        sandbox.Add("GoodNext", "good");
        host.Plugins.Rescan();
        Collect();
        host.Plugins.Rescan();

        host.Catalog.Plugins.Should().Contain(plugin => plugin.State == PluginState.Replaced);
        (await PluginSandbox.AskAsync(old)).Should().Be("good 1");
    }

    [Test]
    public async Task Lets_a_replaced_version_go_with_its_last_user()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        Use(host);

        sandbox.Add("GoodNext", "good");
        host.Plugins.Rescan();
        Collect();
        host.Plugins.Rescan();

        host.Catalog.Plugins.Select(plugin => plugin.State).Should().Equal(PluginState.Loaded);
    }

    // On its own, so that no local variable of the test holds the instance.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(AicoHost host) => PluginSandbox.Create(host, "good-stt").Should().NotBeNull();

    private static void Collect()
    {
        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}

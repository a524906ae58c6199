using Aico.Host.Plugins;
using Aico.Testing;

namespace Aico.Host.Tests.Plugins;

public class BuiltInPluginsTests
{
    [Test]
    public async Task Loads_every_plugin_that_the_build_assembles()
    {
        await using var host = AicoHost.Create(new AicoHostOptions
        {
            HostFolder = Path.Combine(TestPaths.Repository, "artifacts", "aico"),
            FurtherPluginFolders = [],
        });

        host.Catalog.Plugins.Select(plugin => (plugin.Id, plugin.State, plugin.Rejection?.Message)).Should().Contain(
        [
            ("anthropic", PluginState.Loaded, null),
            ("azure-openai", PluginState.Loaded, null),
            ("espeak", PluginState.Loaded, null),
            ("flite", PluginState.Loaded, null),
            ("gemini", PluginState.Loaded, null),
            ("groq", PluginState.Loaded, null),
            ("moonshine", PluginState.Loaded, null),
            ("openai", PluginState.Loaded, null),
            ("openai-compatible", PluginState.Loaded, null),
            ("scripted", PluginState.Loaded, null),
            ("silero", PluginState.Loaded, null),
        ]);
    }
}

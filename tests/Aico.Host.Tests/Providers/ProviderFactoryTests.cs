using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers;
using Aico.Host.Tests.Plugins;

namespace Aico.Host.Tests.Providers;

public class ProviderFactoryTests
{
    private static readonly Dictionary<string, Secret> _none = [];

    [Test]
    public async Task Makes_a_provider_with_its_settings()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();

        var provider = PluginSandbox.Create(host, "good-stt", new JsonObject { ["text"] = "other words" });

        (await PluginSandbox.AskAsync(provider)).Should().Be("other words");
    }

    [Test]
    public async Task Refuses_wrong_settings_before_any_code_of_the_plugin_runs()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();

        FluentActions.Invoking(() => PluginSandbox.Create(host, "good-stt", new JsonObject { ["txt"] = "x" }))
            .Should().Throw<SettingsException>().WithMessage("good-stt: There is no setting \"txt\"; did you mean \"text\"?");
    }

    [Test]
    public async Task Passes_on_what_a_provider_says_of_its_failure()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();

        FluentActions.Invoking(() => PluginSandbox.Create(host, "good-tts"))
            .Should().Throw<ProviderException>().WithMessage("The fixture does not speak.");
    }

    private static readonly Exception[] _loadFaults =
        [new DllNotFoundException("libx"), new FileNotFoundException("x.dll"), new TypeInitializationException("X", null), new MissingMethodException("X", "Y")];

    [TestCaseSource(nameof(_loadFaults))]
    public async Task Says_that_a_provider_is_unavailable_where_its_code_does_not_load(Exception fault)
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        var definition = host.Catalog.Find("good-stt")! with { Create = (_, _) => throw fault };

        FluentActions.Invoking(() => host.Providers.Create(definition, [], _none))
            .Should().Throw<ProviderException>().Where(thrown => thrown.Failure == ProviderFailure.Unavailable)
            .WithMessage("*\"good-stt\"*\"aico doctor\"*");
    }
}

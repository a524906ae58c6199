using Aico.Host.Plugins;

namespace Aico.Host.Tests.Plugins;

public class PluginReplacementTests
{
    [Test]
    public async Task Takes_in_a_plugin_that_is_added_while_the_host_runs()
    {
        using var sandbox = new PluginSandbox();
        await using var host = sandbox.Open();
        host.Catalog.Find("good-stt").Should().BeNull();

        sandbox.Add("Good");
        host.Plugins.Rescan().Should().BeTrue();

        (await PluginSandbox.AskAsync(PluginSandbox.Create(host, "good-stt"))).Should().Be("good 1");
    }

    [Test]
    public async Task Takes_a_plugin_out_and_looks_at_it_anew()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        var old = PluginSandbox.Create(host, "good-stt");
        var before = host.Catalog.Find("good-stt");

        host.Plugins.LoadAgain("good");

        host.Catalog.Find("good-stt").Should().NotBeNull().And.NotBeSameAs(before);
        host.Catalog.Plugins.Select(plugin => plugin.State).Should().Equal(PluginState.Loaded, PluginState.Replaced);
        (await PluginSandbox.AskAsync(old)).Should().Be("good 1", "who uses it finishes with it");
    }

    [Test]
    public async Task Lists_everything_at_once_where_settings_are_described_later()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = AicoHost.Create(sandbox.Options() with { DescribesSettingsLater = true });
        var listed = host.Catalog.Definitions;

        host.DescribeSettings();

        host.Catalog.Definitions.Should().BeSameAs(listed).And.HaveCount(4);
        host.Catalog.Find("good-stt")!.SettingsSchema["properties"].Should().NotBeNull();
    }

    [Test]
    public async Task Lets_the_old_version_answer_its_users_while_new_ones_get_the_new_version()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        var old = PluginSandbox.Create(host, "good-stt");
        var oldDefinition = host.Catalog.Find("good-stt")!;

        sandbox.Add("GoodNext", "good");
        host.Plugins.Rescan();

        (await PluginSandbox.AskAsync(PluginSandbox.Create(host, "good-stt"))).Should().Be("good 2");
        (await PluginSandbox.AskAsync(old)).Should().Be("good 1");
        host.Catalog.Find("good-tts").Should().BeNull("the new version does not bring it");
        host.Catalog.Plugins.Select(plugin => (plugin.Version, plugin.State))
            .Should().Equal(("2.0.0", PluginState.Loaded), ("1.0.0", PluginState.Replaced));
        oldDefinition.PluginVersion.Should().Be("1.0.0");
    }

    [Test]
    public async Task Lets_a_definition_that_is_held_make_providers_after_its_plugin_was_removed()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("DependencyV1User");
        await using var host = sandbox.Open();
        var old = host.Catalog.Find("library-v1")!;

        Directory.Delete(folder, recursive: true);
        host.Plugins.Rescan();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        host.Catalog.Find("library-v1").Should().BeNull();
        var provider = host.Providers.Create(old, [], new Dictionary<string, Abstractions.Plugins.Secret>());
        (await PluginSandbox.AskAsync(provider)).Should().Be("library 1");
        host.Catalog.Plugins.Should().ContainSingle().Which.Note.Should().Contain("removed");
    }

    [Test]
    public async Task Keeps_the_old_version_where_the_new_one_is_rejected()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        await using var host = sandbox.Open();

        File.WriteAllText(Path.Combine(folder, "plugin.json"), "{");
        host.Plugins.Rescan();

        (await PluginSandbox.AskAsync(PluginSandbox.Create(host, "good-stt"))).Should().Be("good 1");
        host.Catalog.Plugins.Select(plugin => plugin.State).Should().Equal(PluginState.Loaded, PluginState.Rejected);
        host.Catalog.Plugins[0].Note.Should().Contain("goes on serving");
    }

    [Test]
    public async Task Leaves_an_unchanged_plugin_as_it_is()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        await using var host = sandbox.Open();
        var before = host.Catalog.Find("good-stt");

        host.Plugins.Rescan();

        host.Catalog.Find("good-stt").Should().BeSameAs(before);
    }

    [Test]
    public async Task Gives_a_key_to_the_plugin_that_was_refused_it_when_its_owner_goes()
    {
        using var sandbox = new PluginSandbox();
        var owner = sandbox.Add("Good");
        sandbox.Add("KeyTaken");
        await using var host = sandbox.Open();
        host.Catalog.Find("key-of-its-own").Should().BeNull();

        Directory.Delete(owner, recursive: true);
        host.Plugins.Rescan();

        host.Catalog.Find("good-stt")!.PluginId.Should().Be("key-taken");
        host.Catalog.Find("key-of-its-own").Should().NotBeNull();
    }

    [Test]
    public async Task Leaves_a_key_with_the_plugin_that_has_it_when_an_earlier_name_comes_later()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("KeyTaken");
        await using var host = sandbox.Open();

        sandbox.Add("Good");
        host.Plugins.Rescan();

        host.Catalog.Find("good-stt")!.PluginId.Should().Be("key-taken");
        host.Catalog.Plugins.Single(plugin => plugin.Id == "good").Rejection!.Reason.Should().Be(PluginRejectionReason.KeyTaken);
        host.Catalog.Find("good-tts").Should().BeNull("a rejected plugin contributes nothing");
    }

    [Test]
    public async Task Takes_the_first_of_two_folders_of_one_name()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        using var further = new PluginSandbox();
        further.Add("Good");
        await using var host = AicoHost.Create(sandbox.Options() with { FurtherPluginFolders = [further.PluginsFolder] });

        host.Catalog.Plugins.Select(plugin => (plugin.Folder.StartsWith(sandbox.HostFolder, StringComparison.Ordinal), plugin.Rejection?.Reason))
            .Should().Equal((true, null), (false, PluginRejectionReason.DuplicateId));
    }
}

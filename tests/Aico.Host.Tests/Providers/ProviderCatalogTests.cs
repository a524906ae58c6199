using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class ProviderCatalogTests
{
    [Test]
    public void Shows_nothing_before_it_is_published()
    {
        var catalog = new ProviderCatalog();
        IPluginReceiver receiver = catalog;

        receiver.Register(Plugin("one", providers => Add(providers, "one-vad")));
        var before = catalog.Definitions;
        receiver.Publish([]);

        before.Should().BeEmpty();
        catalog.Definitions.Select(definition => definition.Key).Should().Equal("one-vad");
    }

    [Test]
    public void Finds_by_key_and_kind()
    {
        var catalog = Catalog(providers => Add(providers, "one-vad"));

        catalog.Find("one-vad")!.PluginId.Should().Be("one");
        catalog.Find(ProviderKind.VoiceActivity, "one-vad").Should().NotBeNull();
        catalog.Find(ProviderKind.SpeechToText, "one-vad").Should().BeNull();
        catalog.Nearest(ProviderKind.VoiceActivity, "one-vda").Should().Equal("one-vad");
        catalog.Nearest(ProviderKind.SpeechToText, "one-vda").Should().BeEmpty();
    }

    [TestCase("Upper-Case")]
    [TestCase("under_score")]
    [TestCase("-edge")]
    [TestCase("")]
    [TestCase(null)]
    public void Refuses_keys_that_are_not_kebab_case(string? key) =>
        Refused(providers => Add(providers, key!)).Should().Be(PluginRejectionReason.ProviderInvalid);

    [Test]
    public void Refuses_settings_that_cannot_be_described() =>
        Refused(providers => providers.AddVoiceActivity<Endless>(new ProviderDescriptor("endless", "Endless", "For tests."), (_, _) => throw new InvalidOperationException()))
            .Should().Be(PluginRejectionReason.ProviderInvalid);

    [Test]
    public void Names_the_plugins_whose_settings_turn_out_later_to_be_none()
    {
        var catalog = new ProviderCatalog { DescribesLater = true };
        IPluginReceiver receiver = catalog;
        receiver.Register(Plugin("sound", providers => Add(providers, "sound-vad")));
        receiver.Register(Plugin("unsound", providers => providers.AddVoiceActivity<Endless>(new ProviderDescriptor("endless", "Endless", "For tests."), (_, _) => throw new InvalidOperationException())));
        receiver.Publish([]);

        catalog.DescribeAll().Should().Equal("unsound");
    }

    [Test]
    public void Refuses_one_key_twice_in_one_plugin() =>
        Refused(providers =>
        {
            Add(providers, "twice");
            Add(providers, "twice");
        }).Should().Be(PluginRejectionReason.KeyTaken);

    [Test]
    public void Refuses_also_where_the_plugin_swallows_the_refusal() =>
        Refused(providers =>
        {
            Add(providers, "fine");
            FluentActions.Invoking(() => Add(providers, "NOT FINE")).Should().Throw<PluginRejectedException>();
        }).Should().Be(PluginRejectionReason.ProviderInvalid);

    [Test]
    public void Refuses_registrations_that_come_later()
    {
        IProviderRegistry? kept = null;
        Catalog(providers => kept = providers);

        FluentActions.Invoking(() => Add(kept!, "late")).Should().Throw<InvalidOperationException>();
    }

    private static PluginRejectionReason Refused(Action<IProviderRegistry> register) =>
        FluentActions.Invoking(() => Catalog(register)).Should().Throw<PluginRejectedException>().Which.Rejection.Reason;

    private static ProviderCatalog Catalog(Action<IProviderRegistry> register)
    {
        var catalog = new ProviderCatalog();
        IPluginReceiver receiver = catalog;
        receiver.Register(Plugin("one", register));
        receiver.Publish([]);
        return catalog;
    }

    private static void Add(IProviderRegistry providers, string key) =>
        providers.AddVoiceActivity<NoSettings>(new ProviderDescriptor(key, key, key), (_, _) => throw new InvalidOperationException("never made"));

    private static LoadedPlugin Plugin(string id, Action<IProviderRegistry> register) => new(
        new PluginManifest(id, "1.0.0", "x.dll", new Version(1, 0)),
        "",
        "",
        new Entry(register),
        new PluginLoadContext(id, typeof(ProviderCatalogTests).Assembly.Location));

    private sealed class Entry(Action<IProviderRegistry> register) : IAicoPlugin
    {
        public void Register(IProviderRegistry providers) => register(providers);
    }

    private sealed record NoSettings;

    private sealed class Endless
    {
        public Endless? Next { get; init; }
    }
}

using Aico.Host.Plugins;

namespace Aico.Host.Tests.Plugins;

public class PluginManifestReaderTests
{
    private const string Good = """{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "1.0" }""";

    [Test]
    public void Reads_a_manifest() => Read(Good).Should().Be(new PluginManifest("good", "1.0.0", "a.dll", new Version(1, 0)));

    [TestCase("not json", PluginRejectionReason.ManifestUnreadable)]
    [TestCase("[]", PluginRejectionReason.ManifestUnreadable)]
    [TestCase("null", PluginRejectionReason.ManifestUnreadable)]
    [TestCase("""{ "id": "good", "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "1.0" }""", PluginRejectionReason.ManifestUnreadable)]
    [TestCase("{}", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll" }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": 1.0 }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "latest" }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": null, "assembly": "a.dll", "contract": "1.0" }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": "one", "assembly": "a.dll", "contract": "1.0" }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "Good", "version": "1.0.0", "assembly": "a.dll", "contract": "1.0" }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "1.0", "more": 1 }""", PluginRejectionReason.ManifestInvalid)]
    [TestCase("""{ "id": "other", "version": "1.0.0", "assembly": "a.dll", "contract": "1.0" }""", PluginRejectionReason.IdMismatch)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "b.dll", "contract": "1.0" }""", PluginRejectionReason.AssemblyMissing)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "../a.dll", "contract": "1.0" }""", PluginRejectionReason.AssemblyOutsideFolder)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "..", "contract": "1.0" }""", PluginRejectionReason.AssemblyOutsideFolder)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "..\\a.dll", "contract": "1.0" }""", PluginRejectionReason.AssemblyOutsideFolder)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "/etc/a.dll", "contract": "1.0" }""", PluginRejectionReason.AssemblyOutsideFolder)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "1.2" }""", PluginRejectionReason.ContractTooNew)]
    [TestCase("""{ "id": "good", "contract": "2.0", "a field of the future": {} }""", PluginRejectionReason.ContractTooNew)]
    [TestCase("""{ "id": "good", "version": "1.0.0", "assembly": "a.dll", "contract": "0.9" }""", PluginRejectionReason.ContractTooOld)]
    public void Refuses_what_it_does_not_understand(string manifest, object reason) =>
        FluentActions.Invoking(() => Read(manifest)).Should().Throw<PluginRejectedException>().Which.Rejection.Reason.Should().Be((PluginRejectionReason)reason);

    [Test]
    public void Refuses_a_folder_without_a_manifest() =>
        FluentActions.Invoking(() => Read(manifest: null)).Should().Throw<PluginRejectedException>()
            .Which.Rejection.Reason.Should().Be(PluginRejectionReason.ManifestMissing);

    [Test]
    public void Refuses_an_assembly_that_is_a_link_out_of_the_folder()
    {
        using var outside = new PluginSandbox();
        var target = Path.Combine(outside.HostFolder, "a.dll");
        File.WriteAllText(target, "");

        FluentActions.Invoking(() => Read(Good, folder => File.CreateSymbolicLink(Path.Combine(folder, "a.dll"), target)))
            .Should().Throw<PluginRejectedException>()
            .Which.Rejection.Reason.Should().Be(PluginRejectionReason.AssemblyOutsideFolder);
    }

    [Test]
    public void Takes_a_link_inside_a_folder_that_is_a_link_itself()
    {
        using var sandbox = new PluginSandbox();
        var real = Directory.CreateDirectory(Path.Combine(sandbox.HostFolder, "good-1.0.0")).FullName;
        File.WriteAllText(Path.Combine(real, "plugin.json"), Good);
        File.WriteAllText(Path.Combine(real, "a-1.0.0.dll"), "");
        File.CreateSymbolicLink(Path.Combine(real, "a.dll"), "a-1.0.0.dll");
        var link = Path.Combine(sandbox.PluginsFolder, "good");
        Directory.CreateSymbolicLink(link, real);

        PluginManifestReader.Read(new PluginFolder("good", link)).Assembly.Should().Be("a.dll");
    }

    private static PluginManifest Read(string? manifest, Action<string>? addAssembly = null)
    {
        using var sandbox = new PluginSandbox();
        var folder = Directory.CreateDirectory(Path.Combine(sandbox.PluginsFolder, "good")).FullName;
        (addAssembly ?? (path => File.WriteAllText(Path.Combine(path, "a.dll"), "")))(folder);
        if (manifest is not null)
        {
            File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest);
        }

        return PluginManifestReader.Read(new PluginFolder("good", folder));
    }
}

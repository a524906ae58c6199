using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Files;
using Aico.Testing;

namespace Aico.Host.Tests.Organizations.Files;

/// <summary>What is shipped under config/organizations fits the plugins that are shipped.</summary>
public class OrganizationSchemaTests
{
    private static string Folder => Path.Combine(TestPaths.Repository, "config", "organizations");

    [Test]
    public async Task Is_checked_in_as_the_shipped_plugins_make_it()
    {
        await using var host = BuiltHost.Open();
        var made = OrganizationSchema.TextOf(host.Catalog.Definitions);

        (await File.ReadAllTextAsync(Path.Combine(Folder, OrganizationSchema.FileName))).ReplaceLineEndings("\n").Should().Be(
            made, "\"artifacts/aico/aico config schema --out config/organizations/{0}\" writes it anew", OrganizationSchema.FileName);
    }

    [Test]
    public async Task Comes_with_examples_that_can_be_used()
    {
        await using var host = BuiltHost.Open();
        var reader = new OrganizationFileReader(new ConfigurationRules(host.Catalog));
        var examples = Directory.GetFiles(Path.Combine(Folder, "examples"), "*.json");

        examples.Should().HaveCountGreaterThanOrEqualTo(2);
        foreach (var example in examples)
        {
            reader.Read(Path.GetFileNameWithoutExtension(example), await File.ReadAllBytesAsync(example), out var errors);
            errors.Should().BeEmpty(example);
        }
    }
}

using Aico.Host.Cli.Documents;
using Aico.Host.Usage.Prices;
using Aico.Testing;

namespace Aico.Docs.Tests;

public class ProviderDocumentTests
{
    [Test]
    public async Task Is_checked_in_as_the_shipped_plugins_and_prices_make_it()
    {
        await using var host = DocumentSandbox.OpenHost(new() { FurtherPluginFolders = [] });
        var made = ProviderDocument.TextOf(host.Catalog.Definitions, PriceFile.Read(Path.Combine(TestPaths.Repository, "config", "prices.json")));

        (await File.ReadAllTextAsync(Path.Combine(TestPaths.Repository, "docs", ProviderDocument.FileName))).ReplaceLineEndings("\n").Should().Be(
            made, "\"artifacts/aico/aico providers docs --out docs/{0}\" writes it anew", ProviderDocument.FileName);
    }
}

using System.Collections.ObjectModel;
using System.CommandLine;
using Aico.Host.Cli.Documents;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Cli;

/// <summary><c>aico providers docs</c>: the loaded providers as a page of Markdown.</summary>
internal static class ProvidersDocsCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var target = new Option<string?>("--out") { Description = $"Writes it into a file, such as docs/{ProviderDocument.FileName}.", HelpName = "file" };
        var json = CliJson.Option();
        var command = new Command("docs", "Prints what the loaded providers take, can and cost, as Markdown.") { target, json };
        command.SetAction(async (parsed, ct) =>
        {
            await using var host = openHost();
            // The shipped table, whatever the operator's own says: the page is the same on every machine.
            var prices = PriceFile.Find(ReadOnlyDictionary<string, string>.Empty, host.Options.HostFolder) is { } file ? PriceFile.Read(file) : PriceTable.Empty;
            var text = ProviderDocument.TextOf(host.Catalog.Definitions, prices);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(target) is { } path)
            {
                await File.WriteAllTextAsync(path, text, ct);
                text = $"{path} is written.{Environment.NewLine}";
            }

            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { file = parsed.GetValue(target), providers = host.Catalog.Definitions.Select(provider => provider.Key) });
                return ExitCode.Ok;
            }

            await output.WriteAsync(text.AsMemory(), ct);
            return ExitCode.Ok;
        });
        return command;
    }
}

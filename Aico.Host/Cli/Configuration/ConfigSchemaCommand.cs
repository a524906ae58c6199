using System.CommandLine;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Configuration;

/// <summary><c>aico config schema</c>: the JSON Schema of organizations' files, with the providers that are loaded.</summary>
internal static class ConfigSchemaCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var target = new Option<string?>("--out") { Description = $"Writes it into a file, such as config/organizations/{OrganizationSchema.FileName}.", HelpName = "file" };
        var json = CliJson.Option();
        var command = new Command("schema", "Prints the JSON Schema of organizations' files, so that editors complete and check them. It knows the providers that are loaded.") { target, json };
        command.SetAction(async (parsed, ct) =>
        {
            await using var host = openHost();
            var text = OrganizationSchema.TextOf(host.Catalog.Definitions);
            if (parsed.GetValue(target) is { } path)
            {
                await File.WriteAllTextAsync(path, text, ct);
            }
            else
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(text.AsMemory(), ct);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}

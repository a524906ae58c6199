using System.CommandLine;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org validate</c>: checks files without a database.</summary>
internal static class OrgValidateCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var files = new Argument<string[]>("file") { Description = "Organizations' JSON files.", Arity = ArgumentArity.OneOrMore };
        var json = CliJson.Option();
        var command = new Command("validate", "Checks organizations' files and says line and column of everything that is wrong. Exits with 1 where something is.") { files, json };
        command.SetAction(async (parsed, ct) =>
        {
            // The parser takes whatever follows for a file.
            if (parsed.GetRequiredValue(files).FirstOrDefault(file => file.StartsWith('-')) is { } option)
            {
                throw new CliException($"There is no \"{option}\" here: files are checked on this machine. See \"aico org validate --help\".");
            }

            await using var host = openHost();
            var reader = new OrganizationFileReader(new ConfigurationRules(host.Catalog));
            var found = new List<(string File, IReadOnlyList<OrganizationFileError> Errors)>();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                var bytes = await File.ReadAllBytesAsync(file, ct);
                reader.Read(Path.GetFileNameWithoutExtension(file), bytes, out var errors);
                found.Add((file, errors));
            }

            var isOk = found.All(file => file.Errors.Count == 0);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { ok = isOk, files = found.Select(file => new { file.File, ok = file.Errors.Count == 0, file.Errors }) });
            }
            else
            {
                foreach (var (file, errors) in found)
                {
                    await output.WriteLineAsync(errors.Count == 0 ? $"{file}: good" : string.Join(Environment.NewLine, errors.Select(error => error.At(file))));
                }
            }

            return isOk ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

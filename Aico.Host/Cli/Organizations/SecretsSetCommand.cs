using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico secrets set</c>.</summary>
internal static class SecretsSetCommand
{
    public static Command Create(OrgOptions options, TextReader input)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var name = new Argument<string>("name") { Description = "Which of the provider's secrets, such as apiKey." };
        var value = new Argument<string?>("value") { Description = "Better left out: a command line is seen by everyone on the machine and stays in the shell's history.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--from-file") { Description = "Reads the value from a file. Without it and without a value: one line of standard input.", HelpName = "file" };
        var hint = new Option<bool>("--hint") { Description = "Keeps the last four characters in clear, so that people can tell keys apart." };
        return options.CompleteAnywhere(new Command("set", "Sets a secret of a provider; setting it again rotates it.") { id, key, name, value, file, hint }, async (parsed, desk, ct) =>
        {
            var (organization, provider, secret) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key), parsed.GetRequiredValue(name));
            if (parsed.GetValue(value) is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("aico: The secret was on the command line, where others can see it: standard input or --from-file are safer.");
            }

            var text = await ReadAsync(parsed.GetValue(value), parsed.GetValue(file), input, ct);
            var changed = await desk.PutSecretsAsync(
                organization, provider, new Dictionary<string, string> { [secret] = text }, parsed.GetValue(hint), ct);
            return OrgAnswer.Line(OrgText.Provider(changed, provider, desk), $"{secret} of {provider} of {organization} is set; the next call has it.");
        });
    }

    private static async Task<string> ReadAsync(string? typed, string? file, TextReader input, CancellationToken ct)
    {
        if (typed is not null && file is not null)
        {
            throw new CliException("Give the value or --from-file, not both.");
        }

        var text = typed ?? (file is not null ? await File.ReadAllTextAsync(file, ct) : await input.ReadLineAsync(ct)) ?? "";
        return text.Trim() is { Length: > 0 } value ? value : throw new CliException("The secret is empty.");
    }
}

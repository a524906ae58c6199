using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico secrets unset</c>.</summary>
internal static class SecretsUnsetCommand
{
    public static Command Create(OrgOptions options)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var names = new Argument<string[]>("name") { Description = "Which of the provider's secrets; none: all of it.", Arity = ArgumentArity.ZeroOrMore };
        return options.CompleteAnywhere(new Command("unset", "Takes secrets of a provider away.") { id, key, names }, async (parsed, desk, ct) =>
        {
            var (organization, provider) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key));
            var gone = parsed.GetValue(names) is { Length: > 0 } some ? some : null;
            await desk.DeleteSecretsAsync(organization, provider, gone, ct);
            return OrgAnswer.Line(
                new { organization, provider, unset = gone ?? [], all = gone is null },
                $"{(gone is null ? "Every secret" : string.Join(", ", gone))} of {provider} of {organization} is gone; the next call is without it.");
        });
    }
}

using System.CommandLine;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Changes;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org priority</c>.</summary>
internal static class OrgPriorityCommand
{
    public static Command Create(OrgOptions options)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var priority = new Argument<int>("priority") { Description = "Of each kind the highest comes first." };
        return options.Complete(new Command("priority", "Sets which provider of a kind comes first.") { id, key, priority }, async (parsed, organizations, ct) =>
        {
            var (name, provider) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key));
            if ((await organizations.Changes.RequireStoredAsync(name, ct)).Provider(provider) is null)
            {
                organizations.Rules.Require(provider);
                throw new CliException($"\"{name}\" has no settings of {provider}: \"aico org enable {name} {provider}\" uses it.");
            }

            var changed = await organizations.Changes.PutProviderAsync(name, provider, new ProviderPatch(Priority: parsed.GetValue(priority)), null, DataOptions.Actor, ct);
            return OrgAnswer.Line(OrgText.Provider(changed, provider, organizations.Host.Catalog), $"{provider} of {name} has priority {parsed.GetValue(priority)}; the next call has it.");
        });
    }
}

using System.CommandLine;
using Aico.Host.Organizations.Changes;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org priority</c>.</summary>
internal static class OrgPriorityCommand
{
    public static Command Create(OrgOptions options)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var priority = new Argument<int>("priority") { Description = "Of each kind the highest comes first." };
        return options.CompleteAnywhere(new Command("priority", "Sets which provider of a kind comes first.") { id, key, priority }, async (parsed, desk, ct) =>
        {
            var (name, provider) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key));
            if ((await desk.FindChangeableAsync(name, ct)).Provider(provider) is null)
            {
                await desk.ShapeOfAsync(provider, ct);
                throw new CliException($"\"{name}\" has no settings of {provider}: \"aico org enable {name} {provider}\" uses it.");
            }

            var changed = await desk.PutProviderAsync(name, provider, new ProviderPatch(Priority: parsed.GetValue(priority)), null, ct);
            return OrgAnswer.Line(OrgText.Provider(changed, provider, desk), $"{provider} of {name} has priority {parsed.GetValue(priority)}; the next call has it.");
        });
    }
}

using System.CommandLine;
using Aico.Host.Organizations.Changes;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org enable</c> and <c>aico org disable</c>.</summary>
internal static class OrgSwitchCommand
{
    public static Command Create(OrgOptions options, bool isEnabled)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var verb = isEnabled ? "enable" : "disable";
        var what = isEnabled ? "Uses a provider for an organization; one that is new gets its default settings." : "Keeps a provider's settings without using it.";
        return options.CompleteAnywhere(new Command(verb, what) { id, key }, async (parsed, desk, ct) =>
        {
            var (name, provider) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key));
            var changed = await desk.PutProviderAsync(name, provider, new ProviderPatch(IsEnabled: isEnabled), null, ct);
            return OrgAnswer.Line(OrgText.Provider(changed, provider, desk), $"{provider} of {name} is {verb}d; the next call has it.");
        });
    }
}

using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Organizations;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary>Which providers a command asks: those named, with the environment's settings, or those of an organization of this machine.</summary>
internal sealed class ProviderSubjects(Func<AicoHost> openHost, TimeProvider time)
{
    private readonly DataOptions _data = new();

    private readonly Option<string?> _organization = new("--org")
    {
        Description = "An organization of this machine, whose settings and secrets are used instead of the environment's.",
        HelpName = "id",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting of a provider, such as --set openai.model=gpt-6-luna; repeatable.",
        HelpName = "provider.setting=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        command.Add(_organization);
        command.Add(_set);
        _data.AddTo(command);
    }

    /// <exception cref="CliException">Something of the request cannot be done.</exception>
    public async Task<ResolvedOrganization> ResolveAsync(ParseResult parsed, AicoHost host, IReadOnlyList<string> keys, CancellationToken ct)
    {
        foreach (var key in keys.Where(key => host.Catalog.Find(key) is null))
        {
            throw new UnknownProviderException(key, NearestName.AllOf(key, host.Catalog.Definitions.Select(definition => definition.Key)));
        }

        if (parsed.GetValue(_organization) is { } id)
        {
            return Only(await OfAsync(id, parsed, ct), keys);
        }

        if (keys.Count == 0)
        {
            throw new CliException("Name the providers, or an organization with --org.");
        }

        return OfEnvironment(host, _data.Variables(parsed), [.. (parsed.GetValue(_set) ?? []).Select(SettingArgument.Parse)], keys);
    }

    private async Task<ResolvedOrganization> OfAsync(string id, ParseResult parsed, CancellationToken ct)
    {
        await using var organizations = await LocalOrganizations.OpenAsync(openHost, parsed, _data, makesDatabase: false, time, ct);
        var document = await organizations.Source.FindAsync(id, ct) ?? throw OrganizationNotFoundException.Organization(id);
        return organizations.Resolver.Resolve(id, AgentProfiles.DefaultName, document, organizations.Host.Catalog.Definitions);
    }

    private static ResolvedOrganization Only(ResolvedOrganization organization, IReadOnlyList<string> keys) => keys.Count == 0 ? organization : organization with
    {
        Chains = organization.Chains.ToDictionary(
            chain => chain.Key, chain => (IReadOnlyList<ResolvedProvider>)[.. chain.Value.Where(entry => keys.Contains(entry.Key)).OrderBy(entry => keys.ToList().IndexOf(entry.Key))]),
    };

    private static ResolvedOrganization OfEnvironment(
        AicoHost host, IReadOnlyDictionary<string, string> variables, IReadOnlyList<SettingArgument> settings, IReadOnlyList<string> keys)
    {
        var warnings = new List<string>();
        var chains = ProviderKinds.All.ToDictionary(kind => kind, _ => (IReadOnlyList<ResolvedProvider>)[]);
        foreach (var group in keys.Select(key => host.Catalog.Find(key)!).GroupBy(definition => definition.Kind))
        {
            chains[group.Key] = [.. group.Select(definition => new EnvironmentProviders(
                variables, settings, new Dictionary<ProviderKind, string> { [group.Key] = definition.Key }).Find(group.Key, host.Catalog.Definitions, null, warnings)!)];
        }

        return new ResolvedOrganization
        {
            Id = "default",
            AgentName = AgentProfiles.DefaultName,
            Version = "environment",
            Mode = ConfigurationMode.Environment,
            Agent = new AgentProfile(),
            Chains = chains,
            Problems = [],
            Warnings = warnings,
            Document = null,
            Definitions = host.Catalog.Definitions,
        };
    }
}

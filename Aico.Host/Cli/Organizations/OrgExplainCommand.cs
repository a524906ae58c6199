using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org explain</c>: what a call would be made from, and where every value comes from.</summary>
internal static class OrgExplainCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        var agent = new Option<string>("--agent") { Description = "Which of its agents.", HelpName = "name", DefaultValueFactory = _ => AgentProfiles.DefaultName };
        return options.Complete(new Command("explain", "Says what a call of an organization would be made from: the providers in their order, and of every value where it comes from.") { id, agent }, async (parsed, organizations, ct) =>
        {
            var name = parsed.GetRequiredValue(agent);
            var document = await organizations.Changes.FindAsync(parsed.GetRequiredValue(id), ct);
            if (name != AgentProfiles.DefaultName && !document.Agents.ContainsKey(name))
            {
                throw new CliException($"\"{document.Id}\" has no agent \"{name}\".");
            }

            var resolved = organizations.Resolver.Resolve(document.Id, name, document, organizations.Host.Catalog.Definitions);
            var chains = ProviderKinds.All.Select(kind => (Kind: kind, Entries: resolved.Chain(kind).Select(entry => (Entry: entry, Values: Values(entry).ToList())).ToList())).ToList();
            return new OrgAnswer(
                new
                {
                    resolved.Id,
                    resolved.AgentName,
                    resolved.Version,
                    resolved.Mode,
                    chains = chains.ToDictionary(chain => ProviderKinds.Code(chain.Kind), chain => chain.Entries.Select(entry => new
                    {
                        entry.Entry.Key,
                        entry.Entry.Priority,
                        origin = OrgText.Origin(entry.Entry.Origin),
                        settings = entry.Values.Select(value => new { pointer = value.Pointer, value = value.Value, origin = OrgText.Origin(value.Origin) }),
                        secrets = entry.Entry.Secrets.Keys,
                    })),
                    problems = resolved.Problems.Select(problem => new { problem.ProviderKey, problem.Message, problem.Pointer, problem.MissingSecret }),
                    resolved.Warnings,
                },
                output => Print(output, resolved, chains));
        });
    }

    // The uppermost level, where origins are known; what was not set is the plugin's default.
    private static IEnumerable<(string Pointer, JsonNode? Value, ConfigurationOrigin Origin)> Values(ResolvedProvider entry)
    {
        foreach (var (name, schema) in entry.Definition.SettingsSchema["properties"] as JsonObject ?? [])
        {
            var isSet = entry.Settings.TryGetPropertyValue(name, out var value);
            if (isSet || schema?["default"] is not null)
            {
                yield return ($"/{name}", isSet ? value : schema?["default"], isSet ? entry.Origins.GetValueOrDefault($"/{name}", entry.Origin) : ConfigurationOrigin.Default);
            }
        }
    }

    private static void Print(
        TextWriter output, ResolvedOrganization resolved,
        List<(Abstractions.Plugins.ProviderKind Kind, List<(ResolvedProvider Entry, List<(string Pointer, JsonNode? Value, ConfigurationOrigin Origin)> Values)> Entries)> chains)
    {
        output.WriteLine($"{resolved.Id}, agent {resolved.AgentName}, {resolved.Version}, {resolved.Mode.ToString().ToLowerInvariant()}");
        foreach (var (kind, entries) in chains)
        {
            output.WriteLine();
            output.WriteLine(entries.Count == 0 ? $"{ProviderKinds.Code(kind)}: none" : ProviderKinds.Code(kind));
            for (var i = 0; i < entries.Count; i++)
            {
                var entry = entries[i].Entry;
                var rank = entry.Origin == ConfigurationOrigin.Environment ? "the environment's, last" : $"priority {entry.Priority}, {OrgText.Origin(entry.Origin)}";
                output.WriteLine($"  {i + 1}. {entry.Key} ({rank})");
                foreach (var (pointer, value, origin) in entries[i].Values)
                {
                    output.WriteLine($"       {pointer[1..]} = {OrgText.Value(value)}  ({OrgText.Origin(origin)})");
                }

                foreach (var secret in entry.Secrets.Keys)
                {
                    output.WriteLine($"       {secret} is set");
                }
            }
        }

        foreach (var problem in resolved.Problems)
        {
            output.WriteLine($"not used: {problem.ProviderKey}{problem.Pointer}: {problem.Message}");
        }

        foreach (var warning in resolved.Warnings)
        {
            output.WriteLine($"warning: {warning}");
        }
    }
}

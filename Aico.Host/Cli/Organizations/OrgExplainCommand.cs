using System.CommandLine;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org explain</c>: what a call would be made from, and where every value comes from.</summary>
internal static class OrgExplainCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        var agent = new Option<string>("--agent") { Description = "Which of its agents.", HelpName = "name", DefaultValueFactory = _ => AgentProfiles.DefaultName };
        return options.CompleteAnywhere(new Command("explain", "Says what a call of an organization would be made from: the providers in their order, and of every value where it comes from.") { id, agent }, async (parsed, desk, ct) =>
        {
            var explained = await desk.ExplainAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(agent), ct);
            return new OrgAnswer(
                new
                {
                    explained.Id,
                    explained.AgentName,
                    explained.Version,
                    explained.Mode,
                    chains = explained.Chains.ToDictionary(chain => ProviderKinds.Code(chain.Kind), chain => chain.Providers.Select(provider => new
                    {
                        provider.Key,
                        provider.Priority,
                        origin = OrgText.Origin(provider.Origin),
                        settings = provider.Values.Select(value => new { pointer = value.Pointer, value = value.Value, origin = OrgText.Origin(value.Origin) }),
                        secrets = provider.Secrets,
                    })),
                    problems = explained.Problems.Select(problem => new { problem.ProviderKey, problem.Message, problem.Pointer, problem.MissingSecret }),
                    explained.Warnings,
                },
                output => Print(output, explained));
        });
    }

    private static void Print(TextWriter output, Explanation explained)
    {
        output.WriteLine($"{explained.Id}, agent {explained.AgentName}, {explained.Version}, {explained.Mode.ToString().ToLowerInvariant()}");
        foreach (var chain in explained.Chains)
        {
            output.WriteLine();
            output.WriteLine(chain.Providers.Count == 0 ? $"{ProviderKinds.Code(chain.Kind)}: none" : ProviderKinds.Code(chain.Kind));
            foreach (var (i, provider) in chain.Providers.Index())
            {
                Print(output, i + 1, provider);
            }
        }

        foreach (var problem in explained.Problems)
        {
            output.WriteLine($"not used: {problem.ProviderKey}{problem.Pointer}: {problem.Message}");
        }

        foreach (var warning in explained.Warnings)
        {
            output.WriteLine($"warning: {warning}");
        }
    }

    private static void Print(TextWriter output, int place, ExplainedProvider provider)
    {
        var rank = provider.Origin == ConfigurationOrigin.Environment ? "the environment's, last" : $"priority {provider.Priority}, {OrgText.Origin(provider.Origin)}";
        output.WriteLine($"  {place}. {provider.Key} ({rank})");
        foreach (var value in provider.Values)
        {
            output.WriteLine($"       {value.Pointer[1..]} = {(value.IsHidden ? "(not shown)" : OrgText.Value(value.Value))}  ({OrgText.Origin(value.Origin)})");
        }

        foreach (var secret in provider.Secrets)
        {
            output.WriteLine($"       {secret} is set");
        }
    }
}

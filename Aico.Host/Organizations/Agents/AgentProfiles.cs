using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Agents;

/// <summary>Reads agents' profiles from JSON.</summary>
internal static class AgentProfiles
{
    /// <summary>The agent of calls that name none.</summary>
    public const string DefaultName = "default";

    /// <summary>How a profile looks in JSON.</summary>
    public static SettingsModel Model { get; } = SettingsModel.Of<AgentProfile>();

    /// <exception cref="SettingsException">Something is wrong; names everything that is.</exception>
    public static AgentProfile Bind(System.Text.Json.Nodes.JsonObject settings) =>
        (AgentProfile)Model.Bind("agent", settings, new Dictionary<string, Secret>());

    /// <summary>The profile of an agent. One that has become unreadable counts as empty, with a problem: calls go on.</summary>
    public static AgentProfile Read(OrganizationDocument document, string name, ICollection<ResolutionProblem> problems)
    {
        if (!document.Agents.TryGetValue(name, out var settings))
        {
            return new AgentProfile();
        }

        try
        {
            return Bind(settings);
        }
        catch (SettingsException e)
        {
            foreach (var error in e.Errors)
            {
                problems.Add(new ResolutionProblem($"agent {name}", null, error.Message, error.Pointer));
            }

            return new AgentProfile();
        }
    }
}

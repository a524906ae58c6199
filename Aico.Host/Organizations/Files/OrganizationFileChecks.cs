using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Files;

/// <summary>Checks one organization's file and gathers what is wrong on the way. Used once.</summary>
internal sealed class OrganizationFileChecks(ConfigurationRules rules, string id)
{
    private static readonly string[] Members = ["$schema", "id", "name", "providers", "agent", "agents"];
    private static readonly string[] ProviderMembers = ["enabled", "priority", "config", "secrets"];

    private readonly List<(string Pointer, string Message)> _errors = [];

    public IReadOnlyList<(string Pointer, string Message)> Errors => _errors;

    public void Add(string pointer, string message) => _errors.Add((pointer, message));

    /// <summary>The content; it must not be used where there are errors.</summary>
    public OrganizationFileContent? Check(JsonNode? root)
    {
        if (root is not JsonObject members)
        {
            Add("", "The file must hold one JSON object.");
            return null;
        }

        RefuseUnknown(members, Members, "");
        if (members["id"] is { } named && Text(named) != id)
        {
            Add("/id", $"The file's name says that this is the organization \"{id}\": leave \"id\" out, or rename the file.");
        }

        var providers = CheckProviders(members["providers"]);
        var content = new OrganizationFileContent { Id = id, Name = CheckName(members), Providers = providers };
        return content with { Agents = CheckAgents(members, content.Configured(default)) };
    }

    private string CheckName(JsonObject members)
    {
        if (!members.TryGetPropertyValue("name", out var node))
        {
            return id;
        }

        if (Text(node) is not { } name || string.IsNullOrWhiteSpace(name) || name.Length > OrganizationChanges.LongestName || name.Any(char.IsControl))
        {
            Add("/name", $"A name is a text of 1 to {OrganizationChanges.LongestName} characters.");
            return id;
        }

        return name.Trim();
    }

    private List<FileProvider> CheckProviders(JsonNode? node)
    {
        var providers = new List<FileProvider>();
        foreach (var (key, entry) in Object(node, "/providers", "an object with providers by key, such as {\"deepgram\": {…}}"))
        {
            var at = $"/providers/{JsonPositions.Escape(key)}";
            var members = Object(entry, at, "an object with enabled, priority, config and secrets", isRequired: true);
            RefuseUnknown(members, ProviderMembers, at);
            var config = Object(members["config"], $"{at}/config", "an object with settings");
            try
            {
                var definition = rules.Require(key);
                Gather($"{at}/config", () => ConfigurationRules.CheckProvider(definition, config));
                providers.Add(new FileProvider(
                    key, (JsonObject)config.DeepClone(), Enabled(members, at), Priority(members, at), CheckSecrets(definition, members["secrets"], $"{at}/secrets")));
            }
            catch (UnknownProviderException e)
            {
                Add(at, e.Message);
            }
        }

        return [.. providers.OrderBy(provider => provider.Key, StringComparer.Ordinal)];
    }

    private Dictionary<string, SecretReference> CheckSecrets(ProviderDefinition definition, JsonNode? node, string at)
    {
        var references = new Dictionary<string, SecretReference>(StringComparer.Ordinal);
        var known = definition.Settings.Secrets.Select(secret => secret.Name).ToList();
        foreach (var (name, value) in Object(node, at, "an object with references to secrets"))
        {
            var here = $"{at}/{JsonPositions.Escape(name)}";
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var nearest = NearestName.Of(name, known);
                Add(here, $"{definition.Key} has no secret \"{name}\"{(nearest is not null ? $"; did you mean \"{nearest}\"?" : known.Count == 0 ? ": it has none." : $"; there is {string.Join(", ", known)}.")}");
            }
            else if (Text(value) is not { } text || SecretReference.Parse(text) is not { } reference)
            {
                // What stands there may be the secret itself.
                Add(here, "A secret stands in a file as a reference only: \"${env:NAME}\" for an environment variable or \"${file:/path}\" for a file. If it stood here in clear, change it at its vendor.");
            }
            else
            {
                references[name] = reference;
            }
        }

        return references;
    }

    private Dictionary<string, JsonObject> CheckAgents(JsonObject members, IReadOnlyList<ConfiguredProvider> providers)
    {
        var agents = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, profile) in Object(members["agents"], "/agents", "an object with agents by name"))
        {
            CheckAgent(agents, name, profile, $"/agents/{JsonPositions.Escape(name)}", providers);
        }

        if (members.TryGetPropertyValue("agent", out var single))
        {
            if (agents.ContainsKey(AgentProfiles.DefaultName))
            {
                Add("/agent", $"\"agent\" and \"agents\".\"{AgentProfiles.DefaultName}\" are the same agent: keep one of them.");
            }

            CheckAgent(agents, AgentProfiles.DefaultName, single, "/agent", providers);
        }

        return agents;
    }

    private void CheckAgent(
        Dictionary<string, JsonObject> agents, string name, JsonNode? node, string at, IReadOnlyList<ConfiguredProvider> providers)
    {
        var profile = Object(node, at, "an object with an agent's profile", isRequired: true);
        Gather(at, () => rules.CheckAgent(name, profile, providers));
        agents[name] = (JsonObject)profile.DeepClone();
    }

    private bool Enabled(JsonObject members, string at)
    {
        if (!members.TryGetPropertyValue("enabled", out var node))
        {
            return true;
        }

        if (node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return node.GetValue<bool>();
        }

        Add($"{at}/enabled", "\"enabled\" must be true or false.");
        return false;
    }

    private int Priority(JsonObject members, string at)
    {
        if (!members.TryGetPropertyValue("priority", out var node))
        {
            return ConfiguredProvider.DefaultPriority;
        }

        if (node is JsonValue value && value.TryGetValue(out int priority) && priority is >= -1_000_000 and <= 1_000_000)
        {
            return priority;
        }

        Add($"{at}/priority", "\"priority\" must be a whole number from -1000000 to 1000000; higher comes first.");
        return ConfiguredProvider.DefaultPriority;
    }

    private JsonObject Object(JsonNode? node, string at, string what, bool isRequired = false)
    {
        if (node is JsonObject found)
        {
            return found;
        }

        if (node is not null || isRequired)
        {
            Add(at, $"This must be {what}.");
        }

        return [];
    }

    private void RefuseUnknown(JsonObject members, string[] known, string at)
    {
        foreach (var name in members.Select(member => member.Key).Except(known, StringComparer.Ordinal))
        {
            var nearest = NearestName.Of(name, known);
            Add($"{at}/{JsonPositions.Escape(name)}", $"There is no \"{name}\" here{(nearest is null ? $"; there are {string.Join(", ", known)}." : $"; did you mean \"{nearest}\"?")}");
        }
    }

    private void Gather(string at, Action check)
    {
        try
        {
            check();
        }
        catch (SettingsException e)
        {
            _errors.AddRange(e.Errors.Select(error => (at + error.Pointer, error.Message)));
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Files;

/// <summary>The JSON Schema of organizations' files, made from the providers that there are, so that editors complete and check them.</summary>
internal static class OrganizationSchema
{
    /// <summary>Beside the files that it describes.</summary>
    public const string FileName = "organization.schema.json";

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(IReadOnlyList<ProviderDefinition> definitions)
    {
        var providers = new JsonObject();
        foreach (var definition in definitions.OrderBy(definition => definition.Key, StringComparer.Ordinal))
        {
            providers[definition.Key] = Provider(definition);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "An organization of AICO",
            ["description"] = "Lies as config/organizations/{id}.json; a saved file takes effect for the next call.",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string", ["description"] = $"\"./{FileName}\", for editors." },
                ["id"] = Text("The same as the file's name without .json; may be left out.", 64),
                ["name"] = Text("For people. Left out: the id.", OrganizationChanges.LongestName),
                ["providers"] = Record("The organization's providers by key. Of each kind the enabled one of the highest priority is used first.", providers),
                ["agent"] = Reference("agent", "The agent of calls that name none."),
                ["agents"] = new JsonObject
                {
                    ["description"] = "Further agents by name, for calls that name one.",
                    ["type"] = "object",
                    ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$" },
                    ["additionalProperties"] = Reference("agent", null),
                },
            },
            ["additionalProperties"] = false,
            ["$defs"] = new JsonObject
            {
                ["agent"] = AgentProfiles.Model.Schema.DeepClone(),
                ["secret"] = new JsonObject
                {
                    ["type"] = "string",
                    ["pattern"] = @"^\$\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^}]+)\}$",
                    ["examples"] = new JsonArray("${env:VENDOR_API_KEY}", "${file:/run/secrets/vendor}"),
                },
            },
        };
    }

    /// <summary>The schema as it stands in a file; the same for the same providers.</summary>
    public static string TextOf(IReadOnlyList<ProviderDefinition> definitions) => Of(definitions).ToJsonString(Written) + "\n";

    private static JsonObject Provider(ProviderDefinition definition)
    {
        var secrets = new JsonObject();
        foreach (var secret in definition.Settings.Secrets)
        {
            secrets[secret.Name] = Reference("secret", secret.Description);
        }

        return Record(
            $"{definition.Descriptor.DisplayName} ({ProviderKinds.Code(definition.Kind)}). {definition.Descriptor.Description}",
            new JsonObject
            {
                ["enabled"] = new JsonObject { ["type"] = "boolean", ["default"] = true, ["description"] = "False: configured but not used." },
                ["priority"] = new JsonObject { ["type"] = "integer", ["default"] = ConfiguredProvider.DefaultPriority, ["description"] = "Higher comes first; of equals the key decides." },
                ["config"] = definition.SettingsSchema.DeepClone(),
                ["secrets"] = Record("References, never the secrets themselves.", secrets),
            });
    }

    private static JsonObject Record(string description, JsonObject properties) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };

    private static JsonObject Text(string description, int longest) =>
        new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = longest, ["description"] = description };

    private static JsonObject Reference(string name, string? description)
    {
        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        if (description is not null)
        {
            reference["description"] = description;
        }

        return reference;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Files;

/// <summary>Writes an organization as a file describes it. Secrets become references to environment variables that are yet to be set.</summary>
internal static class OrganizationFileWriter
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string TextOf(OrganizationDocument document) => Write(document).ToJsonString(Written) + "\n";

    public static JsonObject Write(OrganizationDocument document)
    {
        var providers = new JsonObject();
        foreach (var provider in document.Providers.OrderBy(provider => provider.Key, StringComparer.Ordinal))
        {
            var entry = new JsonObject { ["enabled"] = provider.IsEnabled, ["priority"] = provider.Priority, ["config"] = provider.Config.DeepClone() };
            if (document.SecretsOf(provider.Key).ToList() is { Count: > 0 } secrets)
            {
                entry["secrets"] = new JsonObject(secrets.OrderBy(secret => secret.Name, StringComparer.Ordinal)
                    .Select(secret => KeyValuePair.Create<string, JsonNode?>(secret.Name, Reference(document.Id, secret).ToString())));
            }

            providers[provider.Key] = entry;
        }

        var file = new JsonObject { ["$schema"] = $"./{OrganizationSchema.FileName}", ["name"] = document.Name, ["providers"] = providers };
        if (document.Agents.TryGetValue(AgentProfiles.DefaultName, out var agent))
        {
            file["agent"] = agent.DeepClone();
        }

        var others = document.Agents.Where(other => other.Key != AgentProfiles.DefaultName).OrderBy(other => other.Key, StringComparer.Ordinal).ToList();
        if (others.Count > 0)
        {
            file["agents"] = new JsonObject(others.Select(other => KeyValuePair.Create<string, JsonNode?>(other.Key, other.Value.DeepClone())));
        }

        return file;
    }

    /// <summary>The variable that stands for a secret, such as ACME_DEEPGRAM_API_KEY.</summary>
    public static SecretReference Reference(string organizationId, ConfiguredSecret secret) =>
        new(false, string.Join('_', new[] { organizationId, secret.ProviderKey, secret.Name }.Select(Words)) is var name && char.IsAsciiDigit(name[0]) ? $"_{name}" : name);

    // "apiKey" becomes API_KEY, "deepgram-tts" becomes DEEPGRAM_TTS.
    private static string Words(string text) => string.Concat(text.Select((c, i) =>
        char.IsAsciiLetterOrDigit(c) ? (char.IsUpper(c) && i > 0 && !char.IsUpper(text[i - 1]) ? $"_{c}" : $"{char.ToUpperInvariant(c)}") : "_"));
}

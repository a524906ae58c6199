using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Files;

/// <summary>One place where an organization and a file differ. Secrets are compared, never shown.</summary>
/// <param name="Pointer">JSON pointer, as in a file.</param>
/// <param name="Now">What the organization has, as JSON; null: nothing.</param>
/// <param name="InFile">What the file has, as JSON; null: nothing.</param>
internal sealed record OrganizationDifference(string Pointer, string? Now, string? InFile)
{
    /// <summary>What an import of the file would change.</summary>
    public static IReadOnlyList<OrganizationDifference> Between(OrganizationDocument document, OrganizationFileContent content, SecretReferences secrets, string folder)
    {
        var now = Flatten(Without(OrganizationFileWriter.Write(document)));
        var file = Flatten(Without(OrganizationFileWriter.Write(AsDocument(content))));
        foreach (var provider in content.Providers)
        {
            foreach (var (name, reference) in provider.Secrets)
            {
                var value = secrets.Resolve(reference, folder).Value;
                var known = document.SecretsOf(provider.Key).FirstOrDefault(secret => secret.Name == name);
                // What a file only refers to keeps the value that is there.
                if (value is not null && known?.Value?.Reveal() != value.Reveal())
                {
                    file[$"/providers/{provider.Key}/secrets/{name}"] = known is null ? "(set)" : "(another value)";
                }
                else if (value is null && known is null)
                {
                    file[$"/providers/{provider.Key}/secrets/{name}"] = "(a reference that leads to nothing)";
                }
            }
        }

        foreach (var secret in document.Secrets)
        {
            now[$"/providers/{secret.ProviderKey}/secrets/{secret.Name}"] = "(set)";
            // An import takes no secret away.
            file.TryAdd($"/providers/{secret.ProviderKey}/secrets/{secret.Name}", "(set)");
        }

        return
        [
            .. now.Keys.Union(file.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(pointer => new OrganizationDifference(pointer, now.GetValueOrDefault(pointer), file.GetValueOrDefault(pointer)))
                .Where(difference => difference.Now != difference.InFile),
        ];
    }

    private static OrganizationDocument AsDocument(OrganizationFileContent content) => new()
    {
        Id = content.Id,
        Name = content.Name,
        Revision = 0,
        Origin = ConfigurationOrigin.File,
        Providers = content.Configured(default),
        Agents = content.Agents,
    };

    private static JsonObject Without(JsonObject file)
    {
        file.Remove("$schema");
        foreach (var (_, provider) in file["providers"]!.AsObject())
        {
            provider!.AsObject().Remove("secrets");
        }

        return file;
    }

    private static Dictionary<string, string> Flatten(JsonNode? node)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(node, "");
        return leaves;

        void Add(JsonNode? part, string at)
        {
            if (part is JsonObject { Count: > 0 } members)
            {
                foreach (var (name, value) in members)
                {
                    Add(value, $"{at}/{JsonPositions.Escape(name)}");
                }
            }
            else
            {
                leaves[at] = part?.ToJsonString() ?? "null";
            }
        }
    }
}

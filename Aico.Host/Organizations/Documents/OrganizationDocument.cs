using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Documents;

/// <summary>All configuration of one organization as one source had it at one moment, secrets in clear. Immutable; never serialized as it is.</summary>
internal sealed record OrganizationDocument
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Of the organization's last change, on the source's count.</summary>
    public required long Revision { get; init; }

    public required ConfigurationOrigin Origin { get; init; }

    /// <summary>The file that describes it; null where none does.</summary>
    public string? File { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }

    /// <summary>By key.</summary>
    public IReadOnlyList<ConfiguredProvider> Providers { get; init; } = [];

    public IReadOnlyList<ConfiguredSecret> Secrets { get; init; } = [];

    /// <summary>Settings of its agents by name; "default" serves calls that name none.</summary>
    public IReadOnlyDictionary<string, JsonObject> Agents { get; init; } = new Dictionary<string, JsonObject>();

    public ConfiguredProvider? Provider(string key) => Providers.FirstOrDefault(provider => provider.Key == key);

    public IEnumerable<ConfiguredSecret> SecretsOf(string key) => Secrets.Where(secret => secret.ProviderKey == key);
}

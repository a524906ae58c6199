using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Files;

/// <summary>What stands in an organization's file, checked. Immutable.</summary>
internal sealed record OrganizationFileContent
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<FileProvider> Providers { get; init; } = [];

    public IReadOnlyDictionary<string, JsonObject> Agents { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>The providers without their secrets, as rules want them.</summary>
    public IReadOnlyList<ConfiguredProvider> Configured(DateTimeOffset updated) =>
        [.. Providers.Select(provider => new ConfiguredProvider(provider.Key, provider.Config, provider.IsEnabled, provider.Priority, 0, updated))];
}

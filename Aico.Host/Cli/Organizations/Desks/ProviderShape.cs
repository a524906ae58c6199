using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>What a provider can be set to.</summary>
/// <param name="SettingsSchema">JSON Schema of its settings.</param>
/// <param name="Secrets">The names of its secrets.</param>
internal sealed record ProviderShape(JsonObject SettingsSchema, IReadOnlyList<string> Secrets);

using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Files;

/// <summary>A provider as an organization's file describes it.</summary>
/// <param name="Key">The provider's key.</param>
/// <param name="Config">What is set; defaults are not in it.</param>
/// <param name="IsEnabled">False: configured but not used.</param>
/// <param name="Priority">Higher comes first.</param>
/// <param name="Secrets">Where its secrets are, by name.</param>
internal sealed record FileProvider(string Key, JsonObject Config, bool IsEnabled, int Priority, IReadOnlyDictionary<string, SecretReference> Secrets);

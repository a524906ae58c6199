using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Changes;

/// <summary>What is to be set of a provider; null stays as it is.</summary>
/// <param name="Config">All of its settings, in place of those that were set.</param>
/// <param name="IsEnabled">False: configured but not used.</param>
/// <param name="Priority">Higher comes first.</param>
internal sealed record ProviderPatch(JsonObject? Config = null, bool? IsEnabled = null, int? Priority = null);

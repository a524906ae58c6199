using Aico.Abstractions.Plugins;

namespace Aico.Host.Organizations.Resolution;

/// <summary>Why an enabled provider of an organization is not in its chain.</summary>
/// <param name="ProviderKey">Which.</param>
/// <param name="Kind">Null where no plugin knows the provider.</param>
/// <param name="Message">For people; no values.</param>
/// <param name="Pointer">JSON pointer into its settings or secrets; null where it is the provider as a whole.</param>
/// <param name="MissingSecret">The name of the secret that is missing, where that is the trouble.</param>
internal sealed record ResolutionProblem(string ProviderKey, ProviderKind? Kind, string Message, string? Pointer = null, string? MissingSecret = null);

using Aico.Abstractions.Plugins;

namespace Aico.Host.Organizations.Documents;

/// <summary>A secret that an organization has set.</summary>
/// <param name="ProviderKey">Whose it is.</param>
/// <param name="Name">Which of the provider's secrets.</param>
/// <param name="Value">Null where it is set but cannot be read; <paramref name="Problem"/> says why.</param>
/// <param name="Hint">Its last characters, where the writer asked that they be shown.</param>
/// <param name="Updated">When it was set.</param>
/// <param name="Problem">For people; null where it can be read.</param>
internal sealed record ConfiguredSecret(string ProviderKey, string Name, Secret? Value, string? Hint, DateTimeOffset Updated, string? Problem = null);

using Aico.Host.Providers;

namespace Aico.Host.Calls.Agents;

/// <param name="Choice">What it was made from.</param>
/// <param name="Instance">The provider.</param>
internal sealed record MadeProvider(ProviderChoice Choice, object Instance);

using Aico.Abstractions.Plugins;

namespace Aico.Host.Cli.Organizations.Desks;

/// <param name="Kind">Of the providers.</param>
/// <param name="Providers">In the order in which a call tries them.</param>
internal sealed record ExplainedChain(ProviderKind Kind, IReadOnlyList<ExplainedProvider> Providers);

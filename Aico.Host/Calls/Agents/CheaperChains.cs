using System.Runtime.CompilerServices;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Calls.Agents;

/// <summary>Organizations with their chains in the order of price. Safe from any thread.</summary>
internal sealed class CheaperChains
{
    // The same for the same, so that calls share the providers that are made of it.
    private readonly ConditionalWeakTable<ResolvedOrganization, ResolvedOrganization> _known = [];

    /// <summary>The organization with the cheapest first, what is free before it; what has no known price comes last. Equals keep their order.</summary>
    public ResolvedOrganization Of(ResolvedOrganization organization, ISpending spending) => _known.GetValue(organization, _ =>
    {
        var chains = organization.Chains.ToDictionary(
            chain => chain.Key,
            IReadOnlyList<ResolvedProvider> (chain) => [.. chain.Value.OrderBy(provider => spending.TypicalCost(provider) ?? decimal.MaxValue)]);
        var cheaper = organization with { Version = $"{organization.Version} cheaper", Chains = chains };
        return cheaper with { HasOtherVoice = cheaper.Primary(ProviderKind.TextToSpeech)?.Key != organization.Primary(ProviderKind.TextToSpeech)?.Key };
    });
}

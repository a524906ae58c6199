using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>Everything that a call of an organization's agent is made from. Immutable: a call keeps the one that it began with.</summary>
internal sealed record ResolvedOrganization
{
    public required string Id { get; init; }

    /// <summary>Which agent of the organization.</summary>
    public required string AgentName { get; init; }

    /// <summary>Changes with every change of what is in it, for logs, sessions and people, such as "api:42".</summary>
    public required string Version { get; init; }

    public required ConfigurationMode Mode { get; init; }

    public required AgentProfile Agent { get; init; }

    /// <summary>Of every kind: the primary, then the others in fallback order. Those of the environment come last.</summary>
    public required IReadOnlyDictionary<ProviderKind, IReadOnlyList<ResolvedProvider>> Chains { get; init; }

    /// <summary>Enabled providers that are in no chain, and why.</summary>
    public required IReadOnlyList<ResolutionProblem> Problems { get; init; }

    /// <summary>What people should know although calls can begin.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What it was resolved from; null where the organization is configured nowhere.</summary>
    public required OrganizationDocument? Document { get; init; }

    /// <summary>The providers that there were when it was resolved.</summary>
    public required IReadOnlyList<ProviderDefinition> Definitions { get; init; }

    /// <summary>True where another text-to-speech provider comes first than the one whose voice the agent's profile names.</summary>
    public bool HasOtherVoice { get; init; }

    public IReadOnlyList<ResolvedProvider> Chain(ProviderKind kind) => Chains.GetValueOrDefault(kind) ?? [];

    /// <summary>The first of a chain; null where there is none.</summary>
    public ResolvedProvider? Primary(ProviderKind kind) => Chain(kind) is [var first, ..] ? first : null;

    /// <summary>The first of a chain.</summary>
    /// <exception cref="NoProviderException">There is none; the message names the organization, the kind and what is wrong with those that are set.</exception>
    public ResolvedProvider Require(ProviderKind kind) => Primary(kind) ?? throw new NoProviderException(this, kind);
}

using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>What a call of an organization's agent would be made from.</summary>
/// <param name="Id">The organization.</param>
/// <param name="AgentName">The agent.</param>
/// <param name="Version">Of what it was resolved from.</param>
/// <param name="Mode">Where its providers come from.</param>
/// <param name="Chains">Of every kind.</param>
/// <param name="Problems">Enabled providers that are in no chain, and why.</param>
/// <param name="Warnings">What people should know; a server keeps these in its log.</param>
internal sealed record Explanation(
    string Id,
    string AgentName,
    string Version,
    ConfigurationMode Mode,
    IReadOnlyList<ExplainedChain> Chains,
    IReadOnlyList<ResolutionProblem> Problems,
    IReadOnlyList<string> Warnings);

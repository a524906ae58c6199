namespace Aico.Host.Storage;

/// <summary>All configuration of one organization at one moment.</summary>
internal sealed record OrganizationRecord(
    OrganizationRow Organization, IReadOnlyList<ProviderRow> Providers, IReadOnlyList<SecretRow> Secrets, IReadOnlyList<AgentProfileRow> Agents);

namespace Aico.Host.Organizations.Resolution;

/// <param name="OrganizationId">Whose.</param>
/// <param name="AgentName">Which of its agents.</param>
internal readonly record struct OrganizationAgent(string OrganizationId, string AgentName);

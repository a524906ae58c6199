namespace Aico.Host.Organizations.Keys;

/// <summary>Whom a key makes of its holder.</summary>
/// <param name="KeyId">Names the key; for the audit log.</param>
/// <param name="OrganizationId">The only organization that it may act on.</param>
/// <param name="Scopes">What it may do there.</param>
internal sealed record ApiKeyIdentity(string KeyId, string OrganizationId, IReadOnlySet<string> Scopes);

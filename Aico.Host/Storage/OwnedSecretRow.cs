namespace Aico.Host.Storage;

internal sealed record OwnedSecretRow(string OrganizationId, SecretRow Secret);

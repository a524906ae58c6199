namespace Aico.Host.Organizations.Secrets;

/// <summary>Where a secret belongs. It is bound into the encryption: a value that is moved to another place cannot be read there.</summary>
internal readonly record struct SecretOwner(string OrganizationId, string ProviderKey, string Name)
{
    public override string ToString() => $"the secret \"{Name}\" of \"{ProviderKey}\" of the organization \"{OrganizationId}\"";
}

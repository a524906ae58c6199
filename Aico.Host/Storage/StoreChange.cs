namespace Aico.Host.Storage;

/// <summary>One change of an organization's configuration.</summary>
/// <param name="OrganizationId">Whose.</param>
internal abstract record StoreChange(string OrganizationId)
{
    /// <summary>The revision that the changed thing must have, 0 that it must not be there; null: whatever it has.</summary>
    public long? ExpectedRevision { get; init; }

    /// <summary>Keys that an organization of this id has left behind, which was described elsewhere, are deleted.</summary>
    public sealed record CreateOrganization(string OrganizationId, string Name) : StoreChange(OrganizationId);

    public sealed record RenameOrganization(string OrganizationId, string Name) : StoreChange(OrganizationId);

    /// <summary>With all that belongs to it, sessions and usage among it; the audit log stays.</summary>
    public sealed record DeleteOrganization(string OrganizationId) : StoreChange(OrganizationId);

    /// <param name="OrganizationId">Whose.</param>
    /// <param name="Key">The provider.</param>
    /// <param name="Config">The text of a JSON object.</param>
    /// <param name="IsEnabled">False: configured but not used.</param>
    /// <param name="Priority">Higher comes first.</param>
    public sealed record PutProvider(string OrganizationId, string Key, string Config, bool IsEnabled, int Priority) : StoreChange(OrganizationId);

    /// <summary>Its secrets stay.</summary>
    public sealed record DeleteProvider(string OrganizationId, string Key) : StoreChange(OrganizationId);

    /// <summary>Writes the given secrets of a provider; others of it stay. Their revision and time are set by the store.</summary>
    public sealed record PutSecrets(string OrganizationId, string ProviderKey, IReadOnlyList<NewSecret> Secrets) : StoreChange(OrganizationId);

    /// <param name="OrganizationId">Whose.</param>
    /// <param name="ProviderKey">Of which provider.</param>
    /// <param name="Names">Which; null: all of the provider.</param>
    public sealed record DeleteSecrets(string OrganizationId, string ProviderKey, IReadOnlyList<string>? Names) : StoreChange(OrganizationId);

    /// <param name="OrganizationId">Whose.</param>
    /// <param name="Name">Which agent.</param>
    /// <param name="Settings">The text of a JSON object.</param>
    public sealed record PutAgent(string OrganizationId, string Name, string Settings) : StoreChange(OrganizationId);

    public sealed record DeleteAgent(string OrganizationId, string Name) : StoreChange(OrganizationId);

    /// <summary>Also for an organization that is described elsewhere and is not in the store.</summary>
    public sealed record AddApiKey(string OrganizationId, ApiKeyRow Key) : StoreChange(OrganizationId);

    /// <summary>Ends a key at the given moment, which may lie ahead; an earlier end stays.</summary>
    public sealed record EndApiKey(string OrganizationId, string KeyId, DateTimeOffset At) : StoreChange(OrganizationId);
}

namespace Aico.Host.Storage;

/// <summary>
/// Everything the host keeps. Knows rows, no rules: what may be written is decided above it, and secrets arrive encrypted. Safe from any
/// thread; writes happen one after another, and what was acknowledged survives the death of the process at any moment.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> where the store cannot be read or written.</remarks>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Jobs that wait for the store. From any thread, at once.</summary>
    (int Writes, int Reads) Waiting => (0, 0);

    /// <summary>Grows with every change of an organization's configuration, across all organizations. 0: nothing was ever written.</summary>
    ValueTask<long> RevisionAsync(CancellationToken ct);

    /// <summary>Organizations by id, from the one behind <paramref name="afterId"/> on.</summary>
    ValueTask<IReadOnlyList<OrganizationRow>> ListOrganizationsAsync(string? afterId, int limit, CancellationToken ct);

    /// <summary>All of one organization's configuration as it was at one moment; null where there is none of this id.</summary>
    ValueTask<OrganizationRecord?> FindOrganizationAsync(string id, CancellationToken ct);

    /// <summary>
    /// Makes the changes in one transaction, all or none, each with its entry in the audit log. Returns the new revision.
    /// </summary>
    /// <exception cref="StoreConflictException">The thing has another revision than the change expects, or exists already.</exception>
    /// <exception cref="StoreNotFoundException">The organization, or the thing to be changed, is not there.</exception>
    ValueTask<long> ApplyAsync(IReadOnlyList<StoreChange> changes, StoreActor actor, CancellationToken ct);

    /// <summary>Which organizations were changed after a revision, oldest first, each once with its latest revision; deleted ones too.</summary>
    ValueTask<IReadOnlyList<ChangedOrganization>> ChangesSinceAsync(long revision, int limit, CancellationToken ct);

    /// <summary>Secrets that are not encrypted under the key of this id, for re-encryption.</summary>
    ValueTask<IReadOnlyList<OwnedSecretRow>> SecretsNotUnderAsync(string keyId, int limit, CancellationToken ct);

    /// <summary>
    /// Replaces the encryption of secrets whose ciphertext is still the given one; others have been changed meanwhile and are left
    /// alone. No configuration changes by this: no revision is taken. Returns how many were replaced.
    /// </summary>
    ValueTask<int> ReplaceEncryptionAsync(IReadOnlyList<ReencryptedSecret> secrets, CancellationToken ct);

    /// <summary>The key with this hash, also where it is expired or revoked.</summary>
    ValueTask<ApiKeyRow?> FindApiKeyAsync(ReadOnlyMemory<byte> hash, CancellationToken ct);

    /// <summary>Keys of an organization, newest first, revoked ones too.</summary>
    ValueTask<IReadOnlyList<ApiKeyRow>> ListApiKeysAsync(string organizationId, CancellationToken ct);

    /// <summary>Notes when keys were last used. Unknown ids are left alone.</summary>
    ValueTask TouchApiKeysAsync(IReadOnlyDictionary<string, DateTimeOffset> lastUsed, CancellationToken ct);

    /// <summary>Adds what was used.</summary>
    ValueTask AddUsageAsync(IReadOnlyList<UsageRow> usage, CancellationToken ct);

    /// <summary>As <see cref="AddUsageAsync"/>, once: a batch of an id that has been added in the last days adds nothing.</summary>
    /// <param name="organizationId">Whose all the rows are.</param>
    /// <param name="batchId">Made by who sends them.</param>
    /// <param name="usage">The rows.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>False where the batch was there already.</returns>
    ValueTask<bool> AddUsageOnceAsync(string organizationId, string batchId, IReadOnlyList<UsageRow> usage, CancellationToken ct);

    /// <summary>What an organization used in [from, to), summed by the parts that are asked for; days are UTC.</summary>
    ValueTask<IReadOnlyList<UsageSum>> SumUsageAsync(string organizationId, DateTimeOffset from, DateTimeOffset to, UsageGrouping grouping, CancellationToken ct);

    /// <summary>Writes a session, or writes it anew.</summary>
    ValueTask SaveSessionAsync(SessionRow session, CancellationToken ct);

    /// <summary>Sessions of an organization, newest first, from the one that began before (<paramref name="before"/>, id) on; without their documents.</summary>
    ValueTask<IReadOnlyList<SessionRow>> ListSessionsAsync(string organizationId, (DateTimeOffset Started, string Id)? before, int limit, CancellationToken ct);

    ValueTask<SessionRow?> FindSessionAsync(string organizationId, string id, CancellationToken ct);

    /// <summary>The audit log of an organization, newest first, below a sequence number.</summary>
    ValueTask<IReadOnlyList<AuditRow>> ListAuditAsync(string organizationId, long? below, int limit, CancellationToken ct);

    /// <summary>Copies the whole store, as it is at one moment, into a new file while it goes on working.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    ValueTask BackupAsync(string path, CancellationToken ct);

    /// <summary>Looks for damage; empty where there is none.</summary>
    ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken ct);
}

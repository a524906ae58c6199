using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>The keys of an organization of this machine's database.</summary>
internal sealed class LocalKeyDesk : IKeyDesk
{
    private readonly IStore _store;
    private readonly ApiKeys _keys;
    private readonly string _organization;
    private readonly bool _isThere;

    private LocalKeyDesk(IStore store, string organization, bool isThere, TimeProvider time) =>
        (_store, _organization, _isThere, _keys) = (store, organization, isThere, new ApiKeys(store, time));

    /// <param name="store">Disposed with what is returned, or before an exception.</param>
    /// <param name="organization">Whose keys.</param>
    /// <param name="isDescribed">True where a file of this machine describes the organization.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="StoreNotFoundException">There is no such organization.</exception>
    public static async Task<LocalKeyDesk> OpenAsync(IStore store, string organization, bool isDescribed, TimeProvider time, CancellationToken ct)
    {
        try
        {
            var isThere = isDescribed || await store.FindOrganizationAsync(organization, ct) is not null;
            // Keys whose file is gone can still be seen and ended.
            return isThere || await store.ListApiKeysAsync(organization, ct) is { Count: > 0 }
                ? new LocalKeyDesk(store, organization, isThere, time)
                : throw Missing(organization);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public Task<NewApiKey> CreateAsync(string name, IReadOnlyList<string> scopes, DateTimeOffset? expires, CancellationToken ct) =>
        !_isThere ? throw Missing(_organization) : _keys.CreateAsync(_organization, name, scopes, expires, DataOptions.Actor, ct);

    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct) => await _keys.ListAsync(_organization, ct);

    public Task<NewApiKey> RotateAsync(string keyId, TimeSpan? overlap, DateTimeOffset? expires, CancellationToken ct) =>
        !_isThere ? throw Missing(_organization) : _keys.RotateAsync(_organization, keyId, overlap, expires, DataOptions.Actor, ct);

    public Task RevokeAsync(string keyId, CancellationToken ct) => _keys.RevokeAsync(_organization, keyId, DataOptions.Actor, ct);

    private static StoreNotFoundException Missing(string organization) => new($"The organization \"{organization}\"");

    public async ValueTask DisposeAsync()
    {
        await _keys.DisposeAsync();
        await _store.DisposeAsync();
    }
}

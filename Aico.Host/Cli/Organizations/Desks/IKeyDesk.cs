using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>Where commands look after the API keys of one organization: in this machine's database, or on a server. Used by one command, then disposed.</summary>
internal interface IKeyDesk : IAsyncDisposable
{
    Task<NewApiKey> CreateAsync(string name, IReadOnlyList<string> scopes, DateTimeOffset? expires, CancellationToken ct);

    /// <summary>Newest first; ended ones too. Hashes are empty where a server was asked.</summary>
    Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct);

    /// <param name="keyId">The key to be replaced.</param>
    /// <param name="overlap">How long both are taken; null: the default.</param>
    /// <param name="expires">When the new one ends; null: after as long a life as the old one was given.</param>
    /// <param name="ct">Gives up.</param>
    Task<NewApiKey> RotateAsync(string keyId, TimeSpan? overlap, DateTimeOffset? expires, CancellationToken ct);

    Task RevokeAsync(string keyId, CancellationToken ct);
}

using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Keys;

/// <summary>The API keys of organizations: makes, lists and ends them, and says who holds one.</summary>
internal sealed class ApiKeys(IStore store, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a key that is replaced goes on being taken.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    private const int NameLimit = 100;

    private readonly ApiKeyCache _cache = new(store, time);

    /// <summary>When keys were used; <see cref="ApiKeyUse.Start"/> makes the store hear of it.</summary>
    public ApiKeyUse Use { get; } = new(store, time);

    /// <param name="organizationId">Whose it will be; the caller has seen that there is such an organization, which may be described by a file.</param>
    /// <param name="name">For people.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="expires">From when on it is refused; null: never.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SettingsException">The name, a scope or the moment is wrong.</exception>
    public async Task<NewApiKey> CreateAsync(
        string organizationId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expires, StoreActor actor, CancellationToken ct)
    {
        var errors = new List<SettingsError>(ApiKeyScopes.Errors(scopes, "/scopes"));
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLimit || name.Any(char.IsControl))
        {
            errors.Insert(0, new SettingsError("/name", SettingsProblem.Invalid, $"A key needs a name of 1 to {NameLimit} characters."));
        }

        AddExpiryError(errors, expires);
        ThrowIfAny(errors);
        var made = New(organizationId, name.Trim(), scopes, expires);
        await store.ApplyAsync([new StoreChange.AddApiKey(organizationId, made.Row)], actor, ct);
        return made;
    }

    /// <summary>Newest first; ended ones too.</summary>
    public ValueTask<IReadOnlyList<ApiKeyRow>> ListAsync(string organizationId, CancellationToken ct) => store.ListApiKeysAsync(organizationId, ct);

    /// <summary>Makes a key in place of another, which goes on being taken for a while.</summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="keyId">The key to be replaced; the new one has its name and scopes.</param>
    /// <param name="overlap">How long both are taken; null: <see cref="DefaultOverlap"/>.</param>
    /// <param name="expires">When the new one ends; null: after as long a life as the old one was given.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="SettingsException">A time is wrong, or the key has ended already.</exception>
    /// <exception cref="StoreNotFoundException">The organization has no such key.</exception>
    public async Task<NewApiKey> RotateAsync(
        string organizationId, string keyId, TimeSpan? overlap, DateTimeOffset? expires, StoreActor actor, CancellationToken ct)
    {
        var old = (await store.ListApiKeysAsync(organizationId, ct)).FirstOrDefault(key => key.Id == keyId) ?? throw new StoreNotFoundException($"The API key \"{keyId}\"");
        var now = time.GetUtcNow();
        var errors = new List<SettingsError>();
        if (overlap < TimeSpan.Zero)
        {
            errors.Add(new SettingsError("/overlap", SettingsProblem.Invalid, "The overlap cannot be negative."));
        }

        AddExpiryError(errors, expires);
        if (old.Expires <= now || old.Ended is not null)
        {
            errors.Add(new SettingsError("", SettingsProblem.Invalid, $"The key \"{keyId}\" has expired, was revoked, or was replaced already: create a new one."));
        }

        ThrowIfAny(errors);
        var made = New(organizationId, old.Name, old.Scopes, expires ?? (old.Expires is { } end ? now + (end - old.Created) : null));
        await store.ApplyAsync(
            [new StoreChange.AddApiKey(organizationId, made.Row), new StoreChange.EndApiKey(organizationId, keyId, now + (overlap ?? DefaultOverlap))], actor, ct);
        _cache.Forget();
        return made;
    }

    /// <summary>Ends a key now. It is refused by this process at once, and by others that share the store within a second.</summary>
    /// <exception cref="StoreNotFoundException">The organization has no such key.</exception>
    public async Task RevokeAsync(string organizationId, string keyId, StoreActor actor, CancellationToken ct)
    {
        await store.ApplyAsync([new StoreChange.EndApiKey(organizationId, keyId, time.GetUtcNow())], actor, ct);
        _cache.Forget();
    }

    /// <summary>To be called where keys were changed otherwise, such as with an organization that was deleted.</summary>
    public void Forget() => _cache.Forget();

    /// <summary>Ends the writing of when keys were used.</summary>
    public ValueTask DisposeAsync() => Use.DisposeAsync();

    /// <summary>Who holds this key; null where it is none, is unknown, has expired or was revoked.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    public async ValueTask<ApiKeyIdentity?> AuthenticateAsync(string token, CancellationToken ct)
    {
        if (!ApiKeyToken.TryHash(token, out var hash) || await _cache.FindAsync(hash, ct) is not { } key)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (key.Expires <= now || key.Ended <= now)
        {
            return null;
        }

        Use.Note(key.Identity.KeyId, now);
        return key.Identity;
    }

    private void AddExpiryError(List<SettingsError> errors, DateTimeOffset? expires)
    {
        if (expires <= time.GetUtcNow())
        {
            errors.Add(new SettingsError("/expires", SettingsProblem.Invalid, "A key must expire in the future."));
        }
    }

    private static void ThrowIfAny(List<SettingsError> errors)
    {
        if (errors.Count > 0)
        {
            throw new SettingsException("API key", errors);
        }
    }

    private NewApiKey New(string organizationId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expires)
    {
        var token = ApiKeyToken.New();
        var row = new ApiKeyRow
        {
            Id = ApiKeyToken.NewId(),
            OrganizationId = organizationId,
            Name = name,
            Hash = ApiKeyToken.Hash(token).ToArray(),
            Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Created = time.GetUtcNow(),
            Expires = expires,
        };
        return new NewApiKey(row, token);
    }
}

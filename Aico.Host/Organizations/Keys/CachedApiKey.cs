namespace Aico.Host.Organizations.Keys;

/// <param name="Identity">Whom it makes of its holder.</param>
/// <param name="Expires">From when on it is refused.</param>
/// <param name="Ended">Likewise, because somebody ended it.</param>
internal sealed record CachedApiKey(ApiKeyIdentity Identity, DateTimeOffset? Expires, DateTimeOffset? Ended);

using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.Api.Tokens;

/// <summary>
/// The keys that an identity provider signs with, fetched when they are needed and kept for an hour. A token of an unknown key has them
/// fetched anew, at most once a minute; where they cannot be fetched the known ones go on being used. Safe from any thread.
/// </summary>
internal sealed class IssuerKeys(Uri issuer, HttpMessageHandler http, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<IList<SecurityKey>>? _fetching;
    private IList<SecurityKey> _keys = [];
    private long? _fetched;

    /// <param name="keyId">The key that a token names; null where it names none.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="HttpRequestException">The identity provider cannot be asked, and no key is known.</exception>
    public async ValueTask<IList<SecurityKey>> FindAsync(string? keyId, CancellationToken ct)
    {
        Task<IList<SecurityKey>> fetching;
        lock (_lock)
        {
            var age = _fetched is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
            if (age < ShortestLifetime || (age < Lifetime && (keyId is null || _keys.Any(key => key.KeyId == keyId))))
            {
                return _keys;
            }

            fetching = _fetching is { IsCompleted: false } underWay ? underWay : _fetching = FetchAsync();
        }

        return await fetching.WaitAsync(ct);
    }

    private async Task<IList<SecurityKey>> FetchAsync()
    {
        try
        {
            var root = issuer.AbsoluteUri.TrimEnd('/');
            var discovered = await ReadAsync(new Uri($"{root}/.well-known/openid-configuration"));
            var address = (string?)discovered["jwks_uri"] is { } text && Uri.TryCreate(text, UriKind.Absolute, out var found) && (found.Scheme == Uri.UriSchemeHttps || found.IsLoopback)
                ? found
                : throw new HttpRequestException("The identity provider does not say where its keys are.");
            var keys = new JsonWebKeySet((await ReadAsync(address)).ToJsonString()).GetSigningKeys();
            Keep(keys);
            return keys;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            lock (_lock)
            {
                // Asked again in a minute, not with every token.
                _fetched = _keys.Count > 0 ? time.GetTimestamp() : _fetched;
                return _keys.Count > 0 ? _keys : throw new HttpRequestException("The keys of the identity provider cannot be fetched.", e);
            }
        }
    }

    private void Keep(IList<SecurityKey> keys)
    {
        lock (_lock)
        {
            _keys = keys;
            _fetched = time.GetTimestamp();
        }
    }

    private async Task<JsonNode> ReadAsync(Uri address)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var client = new HttpClient(http, disposeHandler: false);
        using var answer = await client.GetAsync(address, limit.Token);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStreamAsync(limit.Token)) as JsonObject ?? throw new HttpRequestException("The identity provider's answer is no object.");
    }
}

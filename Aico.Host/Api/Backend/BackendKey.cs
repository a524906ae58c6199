using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api.Backend;

/// <summary>The keys of other hosts, which endpoints for them check themselves, so that no other way in can reach them.</summary>
/// <param name="backend">Its keys; without any, nothing is told.</param>
internal sealed class BackendKey(ApiBackend backend)
{
    private readonly byte[][] _hashes = [.. new[] { backend.Key, backend.RunKey }.OfType<Secret>().Select(key => Hash(key.Reveal()))];

    /// <exception cref="ApiException">The request has another key, or none.</exception>
    public void Check(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var given = Hash(authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : http.Request.Headers["X-Api-Key"].ToString());
        if (!_hashes.Any(hash => CryptographicOperations.FixedTimeEquals(given, hash)))
        {
            throw new ApiException(
                ApiProblem.Unauthenticated,
                _hashes.Length == 0 ? "Hosts are served only where AICO_INTERNAL_API_KEY is set." : "This is for the internal key of the host alone.");
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api.Backend;

/// <summary>The internal key, which endpoints for other hosts check themselves, so that no other way in can reach them.</summary>
/// <param name="key">Null: nobody has it, and nothing is told.</param>
internal sealed class BackendKey(Secret? key)
{
    private readonly byte[]? _hash = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()));

    /// <exception cref="ApiException">The request has another key, or none.</exception>
    public void Check(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var given = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : http.Request.Headers["X-Api-Key"].ToString();
        if (_hash is null || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _hash))
        {
            throw new ApiException(
                ApiProblem.Unauthenticated,
                _hash is null ? "Hosts are served only where AICO_INTERNAL_API_KEY is set." : "This is for the internal key of the host alone.");
        }
    }
}

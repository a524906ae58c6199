using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>
/// Who may call. With a key: whoever knows it. Without one the API listens on the loopback address only, where still any web page that
/// a person of this machine opens could call it: such calls carry an origin or a foreign host name, and are refused.
/// </summary>
internal sealed class ApiGate(ApiOptions options)
{
    private readonly byte[]? _keyHash = options.Key is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal())) : null;

    /// <exception cref="ApiException">The call is refused.</exception>
    public void Check(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase) && origin != $"{request.Scheme}://{request.Host}")
        {
            throw new ApiException(ApiProblem.OriginNotAllowed, $"{origin} is not among the allowed origins (AICO_ALLOWED_ORIGINS).");
        }

        if (_keyHash is null)
        {
            if (!IsLoopback(request.Host.Host))
            {
                throw new ApiException(ApiProblem.Unauthenticated, "Without AICO_INTERNAL_API_KEY the API answers on the loopback address only.");
            }

            return;
        }

        var given = Given(request);
        if (given is null || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _keyHash))
        {
            throw new ApiException(
                ApiProblem.Unauthenticated,
                given is null ? "Send the key as \"Authorization: Bearer …\" or \"X-Api-Key: …\"." : "The key is not the one of this host.");
        }
    }

    private static string? Given(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim()
            : request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key
            : null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

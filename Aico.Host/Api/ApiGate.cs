using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>
/// The one place that decides who may call what: it finds out who calls, for which organization, and holds both against what the endpoint
/// declares. Without an internal key the API listens on the loopback address only, where still any web page that a person of this
/// machine opens could call it: such calls carry an origin or a foreign host name, and are refused.
/// </summary>
internal sealed class ApiGate(ApiOptions options, ApiServices services)
{
    private readonly byte[]? _keyHash = HashOf(options.Key);
    private readonly byte[]? _metricsHash = HashOf(options.MetricsKey);
    private readonly ApiRateLimit _rate = new(options.Rate, services.Time);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // What is matched decides, not how the path is written: routes do not tell upper from lower case.
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>();
        if (operation?.Access.IsOpen ?? !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        CheckOrigin(http.Request);
        if (operation is { Access.IsForScraper: true } && _metricsHash is not null && Given(http.Request) is { } scraper && Is(_metricsHash, scraper))
        {
            await next(http);
            return;
        }

        var caller = await AuthenticateAsync(http);
        http.Features.Set(caller);
        _rate.Check(caller);
        CheckOrganization(http.Request, caller);
        if (operation is not null)
        {
            CheckAccess(operation.Access, caller);
        }

        await next(http);
    }

    private void CheckOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not { Count: > 0 } given)
        {
            return;
        }

        var origin = given.ToString();
        if (origin.Length > 0 && !options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase) && origin != $"{request.Scheme}://{request.Host}")
        {
            throw new ApiException(ApiProblem.OriginNotAllowed, $"{origin} is not among the allowed origins (AICO_ALLOWED_ORIGINS).");
        }
    }

    private async ValueTask<ApiCaller> AuthenticateAsync(HttpContext http)
    {
        if (_keyHash is null && !IsLoopback(http.Request.Host.Host))
        {
            throw new ApiException(ApiProblem.Unauthenticated, "Without AICO_INTERNAL_API_KEY the API answers on the loopback address only.");
        }

        if (Given(http.Request) is not { } given)
        {
            return _keyHash is null ? ApiCaller.Local
                : throw new ApiException(ApiProblem.Unauthenticated, "Send the key as \"Authorization: Bearer …\" or \"X-Api-Key: …\".");
        }

        if (_keyHash is not null && Is(_keyHash, given))
        {
            return ApiCaller.Internal;
        }

        foreach (var authenticate in services.Authenticators)
        {
            if (await authenticate(given, http.RequestAborted) is { } caller)
            {
                return caller;
            }
        }

        throw new ApiException(ApiProblem.Unauthenticated, "The key is unknown, has expired or was revoked.");
    }

    private static byte[]? HashOf(Secret? key) => key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()));

    private static bool Is(byte[] keyHash, string given)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(given), hash);
        return CryptographicOperations.FixedTimeEquals(hash, keyHash);
    }

    // Another organization's name and one that nobody has get the same answer: names tell who is a customer.
    private static void CheckOrganization(HttpRequest request, ApiCaller caller)
    {
        if (caller.OrganizationId is { } own && request.Headers[ApiOrganization.Header] is { Count: > 0 } named && named.ToString() != own)
        {
            throw ApiOrganization.Unknown();
        }
    }

    private static void CheckAccess(ApiAccess access, ApiCaller caller)
    {
        if (caller.IsOperator)
        {
            return;
        }

        if (access.IsForOperator)
        {
            throw new ApiException(ApiProblem.OperatorOnly, "This needs the internal key of the host.");
        }

        if (access.Scope is { } scope && !caller.Scopes.Contains(scope))
        {
            throw new ApiException(ApiProblem.InsufficientScope, $"The key lacks the scope \"{scope}\".")
            {
                Members = new Dictionary<string, JsonNode?> { ["scope"] = scope },
            };
        }
    }

    private static string? Given(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim()
            : request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key ? key
            : authorization.Length > 0 ? ""
            : null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

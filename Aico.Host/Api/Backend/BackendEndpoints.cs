using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aico.Host.Api.Backend;

/// <summary>
/// What hosts without a store of their own ask of this one: whole organizations, secrets in clear, and a feed of changes. For the internal
/// key alone, which these endpoints check themselves, so that no other way in can reach them.
/// </summary>
internal static class BackendEndpoints
{
    private const int MostListed = 1000;

    private static readonly ApiProblem Unavailable =
        new("configuration-unavailable", StatusCodes.Status503ServiceUnavailable, "The configuration cannot be read or written at present.");

    /// <param name="routes">Where they are added.</param>
    /// <param name="source">Everything that this host serves, files included.</param>
    /// <param name="feed">Its changes.</param>
    /// <param name="key">The internal key; null: nobody has it, and nothing is told.</param>
    /// <param name="time">The clock of the heartbeat.</param>
    public static void Map(IEndpointRouteBuilder routes, IOrganizationSource source, ChangeFeed feed, Secret? key, TimeProvider time)
    {
        // A feed would hold up the end of this host for as long as the other one listens.
        var stopping = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var hash = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()));
        routes.MapGet($"{BackendAddress.Organizations}/{{id}}", async (HttpContext http, string id) =>
        {
            Check(http, hash);
            var document = await AskAsync(() => source.FindAsync(id, http.RequestAborted))
                ?? throw new ApiException(ApiProblem.UnknownOrganization, $"There is no organization \"{id}\".");
            await WriteAsync(http, OrganizationWire.Write(document));
        });
        routes.MapGet(BackendAddress.Organizations, async (HttpContext http) =>
        {
            Check(http, hash);
            var limit = int.TryParse(http.Request.Query["limit"], out var number) ? Math.Clamp(number, 1, MostListed) : MostListed;
            var after = http.Request.Query["after"].ToString();
            var found = await AskAsync(() => source.ListAsync(after.Length == 0 ? null : after, limit, http.RequestAborted));
            await WriteAsync(http, new JsonObject { ["organizations"] = new JsonArray([.. found.Select(OrganizationWire.Write)]) });
        });
        routes.MapGet(BackendAddress.Changes, async (HttpContext http) =>
        {
            Check(http, hash);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await ChangeStream.WriteAsync(http, feed, time, both.Token);
        });
    }

    private static void Check(HttpContext http, byte[]? hash)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        var given = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : http.Request.Headers["X-Api-Key"].ToString();
        if (hash is null || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), hash))
        {
            throw new ApiException(
                ApiProblem.Unauthenticated,
                hash is null ? "Hosts are served only where AICO_INTERNAL_API_KEY is set." : "This is for the internal key of the host alone.");
        }
    }

    private static async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OrganizationSourceException e)
        {
            throw new ApiException(Unavailable, e.Message);
        }
    }

    private static async Task WriteAsync(HttpContext http, JsonObject answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(answer, http.RequestAborted);
    }
}

using System.Text.Json.Nodes;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Keys;

/// <summary>/api/organizations/current/keys: the keys of an organization.</summary>
internal static class KeyEndpoints
{
    private const string Tag = "Keys";
    private const string Path = "/api/organizations/current/keys";
    private const double LongestOverlap = 30 * 24 * 3600;

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", Path, new ApiOperation("listKeys", Tag, "The organization's keys, newest first, ended ones too; never the keys themselves.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Answer = "ApiKeyList",
            IsOfOrganization = true,
        }, http => ListAsync(http, services));
        routes.Map("POST", Path, new ApiOperation("createKey", Tag, "Makes a key, which is shown this once. A key makes none that is wider than itself or outlives it.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Body = "NewApiKey",
            Answer = "CreatedApiKey",
            Status = StatusCodes.Status201Created,
            IsOfOrganization = true,
        }, http => CreateAsync(http, services));
        routes.Map("POST", $"{Path}/{{id}}/rotate", new ApiOperation("rotateKey", Tag, "Makes a key in place of another, which goes on being taken for a while.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Body = "KeyRotation",
            Answer = "CreatedApiKey",
            Status = StatusCodes.Status201Created,
            IsOfOrganization = true,
        }, http => RotateAsync(http, services));
        routes.Map("DELETE", $"{Path}/{{id}}", new ApiOperation("revokeKey", Tag, "Ends a key at once.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Status = StatusCodes.Status204NoContent,
            IsOfOrganization = true,
        }, http => RevokeAsync(http, services));
    }

    private static async Task ListAsync(HttpContext http, ApiServices services)
    {
        var organization = await OrganizationAsync(http, services);
        var keys = await services.RequireConfiguration().Keys.ListAsync(organization, http.RequestAborted);
        await ApiReply.WriteAsync(http, new JsonObject { ["keys"] = new JsonArray([.. keys.Select(KeyView.Of)]) });
    }

    private static async Task CreateAsync(HttpContext http, ApiServices services)
    {
        var (caller, keys, ct) = (ApiCaller.Of(http), services.RequireConfiguration().Keys, http.RequestAborted);
        var organization = await OrganizationAsync(http, services);
        var body = await ApiJson.ReadAsync<NewKeyBody>(http);
        IReadOnlyList<string> scopes = body.Scopes ?? [];
        KeyLimits.CheckScopes(caller, scopes, "/scopes");
        var latest = await KeyLimits.LatestEndAsync(caller, keys, organization, ct);
        if (body.ExpiresAt > latest)
        {
            throw ApiException.Field("/expiresAt", "A key cannot make one that outlives it.");
        }

        var made = await NamedAsync(() => keys.CreateAsync(organization, body.Name ?? "", scopes, body.ExpiresAt?.ToUniversalTime() ?? latest, caller.Actor, ct));
        await WriteAsync(http, made);
    }

    private static async Task RotateAsync(HttpContext http, ApiServices services)
    {
        var (caller, keys, ct) = (ApiCaller.Of(http), services.RequireConfiguration().Keys, http.RequestAborted);
        var organization = await OrganizationAsync(http, services);
        var body = await ApiJson.ReadAsync<RotationBody>(http);
        if (body.OverlapSeconds is not (null or (>= 0 and <= LongestOverlap)))
        {
            throw ApiException.Field("/overlapSeconds", FormattableString.Invariant($"It is from 0 to {LongestOverlap}."));
        }

        var old = await KeyLimits.RequireAsync(caller, keys, organization, ApiQuery.Path(http, "id"), ct);
        var latest = await KeyLimits.LatestEndAsync(caller, keys, organization, ct);
        TimeSpan? overlap = body.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var made = await NamedAsync(() => keys.RotateAsync(organization, old.Id, overlap, latest, caller.Actor, ct));
        await WriteAsync(http, made);
    }

    private static async Task RevokeAsync(HttpContext http, ApiServices services)
    {
        var (caller, keys, ct) = (ApiCaller.Of(http), services.RequireConfiguration().Keys, http.RequestAborted);
        var organization = await OrganizationAsync(http, services);
        var key = await KeyLimits.RequireAsync(caller, keys, organization, ApiQuery.Path(http, "id"), ct);
        await keys.RevokeAsync(organization, key.Id, caller.Actor, ct);
        ApiReply.Empty(http);
    }

    private static async Task WriteAsync(HttpContext http, NewApiKey made)
    {
        http.Response.Headers.Location = $"{Path}/{made.Row.Id}";
        await ApiReply.WriteOnceAsync(http, KeyView.Of(made), StatusCodes.Status201Created);
    }

    // Also one that a file describes, whose keys are in the database all the same; not one that is configured nowhere.
    private static async ValueTask<string> OrganizationAsync(HttpContext http, ApiServices services) =>
        (await services.RequireConfiguration().Changes.FindAsync(ApiOrganization.Of(http, services), http.RequestAborted)).Id;

    private static async Task<NewApiKey> NamedAsync(Func<Task<NewApiKey>> make)
    {
        try
        {
            return await make();
        }
        catch (SettingsException e)
        {
            throw new ApiException(ApiProblem.Invalid, e.Errors.Count == 1 ? "One field is not valid." : $"{e.Errors.Count} fields are not valid.", [.. e.Errors.Select(error => new ApiFieldError(
                error.Pointer switch
                {
                    "/expires" => "/expiresAt",
                    "/overlap" => "/overlapSeconds",
                    var pointer => pointer,
                },
                error.Message))]);
        }
    }
}

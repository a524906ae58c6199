using Aico.Host.Organizations.Changes;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Organizations;

/// <summary>/api/organizations: the operator's list of them, and each one's own entry.</summary>
internal static class OrganizationEndpoints
{
    private const string Tag = "Organizations";
    private const string Path = "/api/organizations";

    // It stands in paths for the organization of the key.
    private const string Reserved = "current";

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        var configuration = services.RequireConfiguration();
        routes.Map("GET", $"{Path}/current", new ApiOperation("getCurrentOrganization", Tag, "The organization of the key, or the one that the header names.", ApiAccess.AnyKey)
        {
            Answer = "Organization",
            IsOfOrganization = true,
        }, http => CurrentAsync(http, services));
        routes.Map("GET", Path, new ApiOperation("listOrganizations", Tag, "All organizations, by id.", ApiAccess.Operator)
        {
            Answer = "OrganizationList",
            Parameters = [ApiParameter.Limit, ApiParameter.After],
        }, http => ListAsync(http, configuration));
        routes.Map("POST", Path, new ApiOperation("createOrganization", Tag, "Makes an organization.", ApiAccess.Operator)
        {
            Body = "NewOrganization",
            Answer = "Organization",
            Status = StatusCodes.Status201Created,
            Problems = [ApiProblem.AlreadyExists],
        }, http => CreateAsync(http, configuration));
        routes.Map("GET", $"{Path}/{{id}}", new ApiOperation("getOrganization", Tag, "One organization.", ApiAccess.Operator)
        {
            Answer = "Organization",
            Problems = [ApiProblem.UnknownOrganization],
        }, http => ReadAsync(http, configuration));
        routes.Map("PUT", $"{Path}/{{id}}", new ApiOperation("renameOrganization", Tag, "Gives an organization another name.", ApiAccess.Operator)
        {
            Body = "OrganizationName",
            Answer = "Organization",
            HasRevision = true,
            Problems = [ApiProblem.UnknownOrganization, ApiProblem.ManagedByFile],
        }, http => RenameAsync(http, configuration));
        routes.Map("DELETE", $"{Path}/{{id}}", new ApiOperation("deleteOrganization", Tag, "Deletes an organization with all that is kept of it; only the audit log stays.", ApiAccess.Operator)
        {
            Status = StatusCodes.Status204NoContent,
            HasRevision = true,
            Problems = [ApiProblem.UnknownOrganization, ApiProblem.ManagedByFile],
        }, http => DeleteAsync(http, configuration));
    }

    private static async Task CurrentAsync(HttpContext http, ApiServices services)
    {
        var organization = await ApiOrganization.ResolveAsync(http, services);
        await ApiReply.WriteAsync(http, OrganizationView.Of(organization), organization.Document?.Revision);
    }

    private static async Task ListAsync(HttpContext http, ApiConfiguration configuration)
    {
        var page = ApiPage.Of(http);
        var found = await configuration.Source.ListAsync(page.After, page.Limit + 1, http.RequestAborted);
        var shown = found.Take(page.Limit).ToList();
        await ApiReply.WriteAsync(http, ApiPage.Answer("organizations", shown.Select(OrganizationView.Of), found.Count > page.Limit ? shown[^1].Id : null));
    }

    private static async Task CreateAsync(HttpContext http, ApiConfiguration configuration)
    {
        ApiRevision.RefuseConditions(http);
        var body = await ApiJson.ReadAsync<OrganizationBody>(http);
        if (body.Id == Reserved)
        {
            throw ApiException.Field("/id", $"\"{Reserved}\" stands for the organization of a key.");
        }

        try
        {
            var made = await configuration.Changes.CreateAsync(body.Id ?? "", body.Name ?? body.Id ?? "", ApiCaller.Of(http).Actor, http.RequestAborted);
            // One of this id that a file described has left keys behind, which went.
            configuration.Keys.Forget();
            await ApiReply.CreatedAsync(http, OrganizationView.Of(made), $"{Path}/{made.Id}", made.Revision);
        }
        catch (StoreConflictException e)
        {
            throw new ApiException(ApiProblem.AlreadyExists, e.Message);
        }
    }

    private static async Task ReadAsync(HttpContext http, ApiConfiguration configuration)
    {
        var organization = await configuration.Changes.FindAsync(ApiQuery.Path(http, "id"), http.RequestAborted);
        await ApiReply.WriteAsync(http, OrganizationView.Of(organization), organization.Revision);
    }

    private static async Task RenameAsync(HttpContext http, ApiConfiguration configuration)
    {
        var id = ApiQuery.Path(http, "id");
        var body = await ApiJson.ReadAsync<OrganizationBody>(http);
        if (body.Id is { } other && other != id)
        {
            throw ApiException.Field("/id", "An id is permanent.");
        }

        var now = await configuration.Changes.FindAsync(id, http.RequestAborted);
        var renamed = await configuration.Changes.RenameAsync(
            id, body.Name ?? "", ApiRevision.Expected(http, now.Revision), ApiCaller.Of(http).Actor, http.RequestAborted);
        await ApiReply.WriteAsync(http, OrganizationView.Of(renamed), renamed.Revision);
    }

    private static async Task DeleteAsync(HttpContext http, ApiConfiguration configuration)
    {
        var id = ApiQuery.Path(http, "id");
        var now = await configuration.Changes.FindAsync(id, http.RequestAborted);
        await configuration.Changes.DeleteAsync(id, ApiRevision.Expected(http, now.Revision), ApiCaller.Of(http).Actor, http.RequestAborted);
        configuration.Keys.Forget();
        ApiReply.Empty(http);
    }
}

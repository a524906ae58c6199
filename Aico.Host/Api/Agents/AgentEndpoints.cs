using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Agents;

/// <summary>/api/organizations/current/agents: how an organization's agents behave.</summary>
internal static class AgentEndpoints
{
    private const string Tag = "Agents";
    private const string Path = "/api/organizations/current/agents";

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", Path, new ApiOperation("listAgents", Tag, "The organization's agents.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "AgentList",
            IsOfOrganization = true,
        }, http => ListAsync(http, services));
        routes.Map("GET", $"{Path}/{{name}}", new ApiOperation("getAgent", Tag, "One agent.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "Agent",
            IsOfOrganization = true,
        }, http => ReadAsync(http, services));
        routes.Map("PUT", $"{Path}/{{name}}", new ApiOperation("putAgent", Tag, "Sets an agent, whole. \"default\" serves calls that name none.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Body = "AgentSettings",
            Answer = "Agent",
            IsOfOrganization = true,
            HasRevision = true,
            Problems = [ApiProblem.ManagedByFile],
        }, http => PutAsync(http, services));
        routes.Map("DELETE", $"{Path}/{{name}}", new ApiOperation("deleteAgent", Tag, "Takes an agent away.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Status = StatusCodes.Status204NoContent,
            IsOfOrganization = true,
            HasRevision = true,
            Problems = [ApiProblem.ManagedByFile],
        }, http => DeleteAsync(http, services));
    }

    private static async Task ListAsync(HttpContext http, ApiServices services)
    {
        var resolved = await ApiOrganization.ResolveAsync(http, services);
        var revisions = await RevisionsAsync(services, resolved.Document, http.RequestAborted);
        var agents = (resolved.Document?.Agents ?? new Dictionary<string, JsonObject>()).OrderBy(agent => agent.Key, StringComparer.Ordinal)
            .Select(agent => View(agent.Key, agent.Value, revisions.GetValueOrDefault(agent.Key)));
        await ApiReply.WriteAsync(http, new JsonObject { ["organizationId"] = resolved.Id, ["agents"] = new JsonArray([.. agents]) });
    }

    private static async Task ReadAsync(HttpContext http, ApiServices services)
    {
        var document = (await ApiOrganization.ResolveAsync(http, services)).Document;
        await WriteAsync(http, services, document, ApiQuery.Path(http, "name"));
    }

    private static async Task PutAsync(HttpContext http, ApiServices services)
    {
        var (changes, ct) = (services.RequireConfiguration().Changes, http.RequestAborted);
        var (organization, name) = (ApiOrganization.Of(http, services), ApiQuery.Path(http, "name"));
        var settings = await ApiJson.ReadObjectAsync(http);
        var now = await changes.RequireStoredAsync(organization, ct);
        var expected = ApiRevision.Expected(http, (await RevisionsAsync(services, now, ct)).GetValueOrDefault(name));
        var document = await changes.PutAgentAsync(organization, name, settings, expected, ApiCaller.Of(http).Actor, ct);
        await WriteAsync(http, services, document, name);
    }

    private static async Task DeleteAsync(HttpContext http, ApiServices services)
    {
        var (changes, ct) = (services.RequireConfiguration().Changes, http.RequestAborted);
        var (organization, name) = (ApiOrganization.Of(http, services), ApiQuery.Path(http, "name"));
        var now = await changes.RequireStoredAsync(organization, ct);
        var expected = ApiRevision.Expected(http, (await RevisionsAsync(services, now, ct)).GetValueOrDefault(name));
        await changes.DeleteAgentAsync(organization, name, expected, ApiCaller.Of(http).Actor, ct);
        ApiReply.Empty(http);
    }

    private static async Task WriteAsync(HttpContext http, ApiServices services, OrganizationDocument? document, string name)
    {
        if (document is null || !document.Agents.TryGetValue(name, out var settings))
        {
            throw new ApiException(ApiProblem.NotFound, "The organization has no agent of this name.");
        }

        var revision = (await RevisionsAsync(services, document, http.RequestAborted)).GetValueOrDefault(name);
        await ApiReply.WriteAsync(http, View(name, settings, revision), revision);
    }

    // Documents of files and of other hosts have one revision for all.
    private static async ValueTask<Dictionary<string, long>> RevisionsAsync(ApiServices services, OrganizationDocument? document, CancellationToken ct)
    {
        if (document is null)
        {
            return [];
        }

        return document.Origin == ConfigurationOrigin.Api && await services.RequireConfiguration().Store.FindOrganizationAsync(document.Id, ct) is { } record
            ? record.Agents.ToDictionary(agent => agent.Name, agent => agent.Revision, StringComparer.Ordinal)
            : document.Agents.ToDictionary(agent => agent.Key, _ => document.Revision, StringComparer.Ordinal);
    }

    private static JsonObject View(string name, JsonObject settings, long revision) =>
        new() { ["name"] = name, ["settings"] = settings.DeepClone(), ["revision"] = revision };
}

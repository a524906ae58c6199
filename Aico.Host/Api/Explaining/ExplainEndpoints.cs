using Aico.Host.Api.OrganizationProviders;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Explaining;

/// <summary>…/{type}/primary and …/{type}/explain: what a call gets, and why.</summary>
internal static class ExplainEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", $"{OrganizationProviderEndpoints.Path}/{{type}}/primary", new ApiOperation("getPrimaryProvider", OrganizationProviderEndpoints.Tag, "The provider of a kind that the next call begins with.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "PrimaryProvider",
            IsOfOrganization = true,
            Problems = [ApiProblem.NoProvider],
        }, http => PrimaryAsync(http, services));
        routes.Map("GET", $"{OrganizationProviderEndpoints.Path}/{{type}}/explain", new ApiOperation("explainProviders", OrganizationProviderEndpoints.Tag, "The fallback chain of a kind, and where every value of it comes from.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "Explanation",
            IsOfOrganization = true,
            Parameters = [new ApiParameter("agent", "Which of the organization's agents; \"default\" where it is left out.")],
        }, http => ExplainAsync(http, services));
    }

    private static async Task PrimaryAsync(HttpContext http, ApiServices services)
    {
        var kind = ApiQuery.KindOfPath(http);
        var organization = await ApiOrganization.ResolveAsync(http, services);
        await ApiReply.WriteAsync(http, ExplainView.Primary(organization, kind, ApiCaller.Of(http).IsOperator));
    }

    private static async Task ExplainAsync(HttpContext http, ApiServices services)
    {
        var kind = ApiQuery.KindOfPath(http);
        var agent = http.Request.Query["agent"].ToString() is { Length: > 0 } named ? named : AgentProfiles.DefaultName;
        var organization = await ApiOrganization.ResolveAsync(http, services, agent);
        var stale = services.RequireConfiguration().Cache.StaleFor(organization.Id, agent);
        await ApiReply.WriteAsync(http, ExplainView.Of(organization, kind, stale, ApiCaller.Of(http).IsOperator));
    }
}

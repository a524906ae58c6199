using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Enabled;

/// <summary>GET /api/providers/organization/enabled: what an agent's host is to use. The one endpoint that is asked often.</summary>
internal static class EnabledEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        var answers = new EnabledAnswers();
        routes.Map("GET", "/api/providers/organization/enabled", new ApiOperation(
            "listEnabledProviders",
            ProviderEndpoints.Tag,
            "The organization's enabled providers in fallback order, resolved. Secrets are in clear for the internal key alone.",
            ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "EnabledProviders",
            Parameters = [ApiParameter.Kind],
            Problems = [ApiProblem.MissingSecrets],
            IsOfOrganization = true,
        }, http => ServeAsync(http, services, answers));
    }

    private static async Task ServeAsync(HttpContext http, ApiServices services, EnabledAnswers answers)
    {
        var kind = ApiQuery.Kind(http);
        var organization = await ApiOrganization.ResolveAsync(http, services);
        var reveals = ApiCaller.Of(http).SeesSecrets;
        var answer = answers.Of(organization, kind, reveals);
        if (reveals)
        {
            http.Response.Headers.CacheControl = "no-store";
        }

        await ApiReply.WriteAsync(http, answer.Body, answer.Tag);
    }
}

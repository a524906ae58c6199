using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.OrganizationProviders;

/// <summary>…/{key}/secrets: written, never read.</summary>
internal static class SecretEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        const string Path = $"{OrganizationProviderEndpoints.Path}/{{key}}/secrets";
        routes.Map("PUT", Path, new ApiOperation("putProviderSecrets", OrganizationProviderEndpoints.Tag, "Sets secrets of a provider; others of it stay. Setting one again rotates it.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Body = "ProviderSecrets",
            Answer = "OrganizationProvider",
            IsOfOrganization = true,
            Problems = [ApiProblem.UnknownProvider, ApiProblem.ManagedByFile],
        }, http => PutAsync(http, services));
        routes.Map("DELETE", Path, new ApiOperation("deleteProviderSecrets", OrganizationProviderEndpoints.Tag, "Takes secrets of a provider away.", ApiAccess.Of(ApiKeyScopes.SecretsWrite))
        {
            Status = StatusCodes.Status204NoContent,
            IsOfOrganization = true,
            Parameters = [new ApiParameter("name", "Which; may be given again. Left out: all of the provider.")],
            Problems = [ApiProblem.ManagedByFile],
        }, http => DeleteAsync(http, services));
    }

    private static async Task PutAsync(HttpContext http, ApiServices services)
    {
        ApiRevision.RefuseConditions(http);
        var configuration = services.RequireConfiguration();
        var definition = ProviderEndpoints.Require(configuration.Catalog, ApiQuery.Path(http, "key"));
        var organization = ApiOrganization.Of(http, services);
        var body = await ApiJson.ReadAsync<SecretsBody>(http);
        var document = await ApiFaults.AtAsync("/secrets", () => configuration.Changes.PutSecretsAsync(
            organization, definition.Key, body.Secrets ?? [], body.ShowLastFour, ApiCaller.Of(http).Actor, http.RequestAborted));
        await ApiReply.WriteAsync(http, OrganizationProviderView.Of(definition, document), document.Provider(definition.Key)?.Revision);
    }

    private static async Task DeleteAsync(HttpContext http, ApiServices services)
    {
        ApiRevision.RefuseConditions(http);
        List<string> names = [.. http.Request.Query["name"].OfType<string>()];
        await services.RequireConfiguration().Changes.DeleteSecretsAsync(
            ApiOrganization.Of(http, services), ApiQuery.Path(http, "key"), names.Count == 0 ? null : names, ApiCaller.Of(http).Actor, http.RequestAborted);
        ApiReply.Empty(http);
    }
}

using System.Text.Json.Nodes;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Providers;

/// <summary>/api/providers: the registry, the same for everybody.</summary>
internal static class ProviderEndpoints
{
    public const string Tag = "Providers";

    public static void Map(IEndpointRouteBuilder routes, ApiConfiguration configuration)
    {
        routes.Map("GET", "/api/providers", new ApiOperation("listProviders", Tag, "Every provider that the plugins bring, and the plugins that failed to load.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "ProviderList",
            Parameters = [ApiParameter.Kind],
        }, http => ListAsync(http, configuration));
        routes.Map("GET", "/api/providers/{key}", new ApiOperation("getProvider", Tag, "One provider: schemas of its settings and secrets, defaults, capabilities.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "Provider",
            Problems = [ApiProblem.UnknownProvider],
        }, http => ApiReply.WriteAsync(http, ProviderView.Of(Require(configuration.Catalog, ApiQuery.Path(http, "key")))));
    }

    /// <exception cref="UnknownProviderException">No plugin has it.</exception>
    public static ProviderDefinition Require(ProviderCatalog catalog, string key) =>
        catalog.Find(key) ?? throw new UnknownProviderException(key, NearestName.AllOf(key, catalog.Definitions.Select(definition => definition.Key)));

    private static Task ListAsync(HttpContext http, ApiConfiguration configuration)
    {
        var kind = ApiQuery.Kind(http);
        var isOperator = ApiCaller.Of(http).IsOperator;
        var catalog = configuration.Catalog;
        return ApiReply.WriteAsync(http, new JsonObject
        {
            ["providers"] = new JsonArray([.. catalog.Definitions.Where(definition => kind is null || definition.Kind == kind).Select(ProviderView.Of)]),
            ["failed"] = new JsonArray([.. catalog.Plugins.Where(plugin => plugin.Rejection is not null).Select(plugin => ProviderView.Failed(plugin, isOperator))]),
        });
    }
}

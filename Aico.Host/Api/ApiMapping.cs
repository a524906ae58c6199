using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api;

/// <summary>The one way to map an endpoint: with what it says of itself.</summary>
internal static class ApiMapping
{
    public static void Map(this IEndpointRouteBuilder routes, string method, string pattern, ApiOperation operation, RequestDelegate serve) =>
        routes.MapMethods(pattern, [method], serve).WithMetadata(operation);
}

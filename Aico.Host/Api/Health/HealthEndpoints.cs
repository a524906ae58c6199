using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Health;

/// <summary>For supervisors and load balancers; they say nothing that a stranger should not know.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.MapGet("/healthz", () => services.IsBroken()
            ? Results.Json(new { status = "broken" }, ApiJson.Options, statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { status = "ok" }, ApiJson.Options)).WithMetadata(OpenToAll.Instance);
        routes.MapGet("/readyz", () =>
        {
            var problems = services.Problems();
            return Results.Json(
                new { status = problems.Count == 0 ? "ready" : "notReady", problems },
                ApiJson.Options,
                statusCode: problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithMetadata(OpenToAll.Instance);
    }
}

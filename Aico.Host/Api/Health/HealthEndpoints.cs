using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Health;

/// <summary>For supervisors and load balancers; they say nothing that a stranger should not know.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", "/healthz", new ApiOperation("getHealth", "Health", "Whether the process should be left running; 503 where it should be replaced.", ApiAccess.Open)
        {
            Answer = "Health",
        }, http => services.IsBroken()
            ? ApiReply.WriteOnceAsync(http, new JsonObject { ["status"] = "broken" }, StatusCodes.Status503ServiceUnavailable)
            : ApiReply.WriteOnceAsync(http, new JsonObject { ["status"] = "ok" }));
        routes.Map("GET", "/readyz", new ApiOperation("getReadiness", "Health", "Whether the host takes calls; 503 with the problems where it does not.", ApiAccess.Open)
        {
            Answer = "Readiness",
        }, http =>
        {
            var problems = services.Problems();
            return ApiReply.WriteOnceAsync(
                http,
                new JsonObject
                {
                    ["status"] = problems.Count == 0 ? "ready" : "notReady",
                    ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)problem)]),
                },
                problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}

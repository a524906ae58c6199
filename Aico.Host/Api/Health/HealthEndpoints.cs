using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Health;

/// <summary>For supervisors and load balancers; they say nothing that a stranger should not know.</summary>
internal static class HealthEndpoints
{
    private const string Ok = "ok";
    private const string Failing = "failing";

    // The name of what the worker says of itself.
    private const string Worker = "worker";

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", "/healthz", new ApiOperation("getHealth", "Health", "Whether the process should be left running; 503 where it should be replaced.", ApiAccess.Open)
        {
            Answer = "Health",
        }, http => services.IsBroken()
            ? ApiReply.WriteOnceAsync(http, new JsonObject { ["status"] = "broken" }, StatusCodes.Status503ServiceUnavailable)
            : ApiReply.WriteOnceAsync(http, new JsonObject { ["status"] = Ok }));
        routes.Map("GET", "/readyz", new ApiOperation("getReadiness", "Health", "Whether the host takes calls; 503 with the problems where it does not.", ApiAccess.Open)
        {
            Answer = "Readiness",
            Parameters = [new ApiParameter("for", "Only what the API needs, for what stands before it; left out: all that calls need.", """{"enum":["api"]}""")],
        }, http => ReadyAsync(http, services));
    }

    private static async Task ReadyAsync(HttpContext http, ApiServices services)
    {
        var isForApi = http.Request.Query["for"].ToString() switch
        {
            "" => false,
            "api" => true,
            _ => throw ApiException.Field("?for", "It is \"api\", or left out."),
        };
        var problems = new JsonArray();
        var checks = new JsonObject();
        if (!isForApi)
        {
            var worker = services.Problems();
            checks[Worker] = worker.Count == 0 ? Ok : Failing;
            foreach (var problem in worker)
            {
                problems.Add(problem);
            }
        }

        foreach (var check in services.Checks.Where(check => check.IsForApi || !isForApi))
        {
            var problem = await check.Problem(http.RequestAborted);
            checks[check.Name] = problem is null ? Ok : Failing;
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        var isReady = problems.Count == 0;
        await ApiReply.WriteOnceAsync(
            http,
            new JsonObject { ["status"] = isReady ? "ready" : "notReady", ["problems"] = problems, ["checks"] = checks },
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

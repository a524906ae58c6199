using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>Writes problem details (RFC 9457).</summary>
internal static class ApiProblemWriter
{
    public static Task WriteAsync(HttpContext http, ApiException problem)
    {
        if (problem.RetryAfter is { } after)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Problem == ApiProblem.Unauthenticated)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return WriteAsync(http, problem.Problem, problem.Message, problem.Errors, problem.Members);
    }

    public static Task WriteAsync(
        HttpContext http, ApiProblem problem, string? detail, IReadOnlyList<ApiFieldError>? errors = null, IReadOnlyDictionary<string, JsonNode?>? members = null)
    {
        var body = new JsonObject
        {
            ["type"] = $"urn:aico:problem:{problem.Type}",
            ["title"] = problem.Title,
            ["status"] = problem.Status,
        };
        if (detail is not null)
        {
            body["detail"] = detail;
        }

        if (errors is { Count: > 0 })
        {
            body["errors"] = new JsonArray([.. errors.Select(e => new JsonObject { ["pointer"] = e.Pointer, ["message"] = e.Message })]);
        }

        foreach (var (name, value) in members ?? new Dictionary<string, JsonNode?>())
        {
            body[name] = value?.DeepClone();
        }

        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        return http.Response.WriteAsync(body.ToJsonString(ApiJson.Options), http.RequestAborted);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.OpenApi;

/// <summary>One operation of the document.</summary>
internal static class OpenApiOperation
{
    public static JsonObject Write(RouteEndpoint endpoint, string method, ApiOperation operation, JsonObject schemas)
    {
        var written = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
            ["description"] = Description(operation.Access),
            ["security"] = Security(operation.Access),
            ["parameters"] = new JsonArray([.. Parameters(endpoint, method, operation)]),
        };
        if (operation.Access.Scope is { } scope)
        {
            written["x-scope"] = scope;
        }

        if (operation.Body is { } body)
        {
            written["requestBody"] = new JsonObject { ["content"] = Content("application/json", body, schemas) };
        }

        written["responses"] = Responses(method, operation, schemas);
        return written;
    }

    private static string Description(ApiAccess access) =>
        access.IsOpen ? "Needs no key."
        : access.IsForScraper ? "Needs the internal key, or the key of metrics."
        : access.IsForOperator ? "Needs the internal key."
        : access.Scope is { } scope ? $"Needs the internal key, or an organization's key with the scope {scope}."
        : "Needs the internal key, or any key of an organization.";

    private static JsonArray Security(ApiAccess access)
    {
        if (access.IsOpen)
        {
            return [];
        }

        JsonArray Scopes() => access.Scope is { } scope ? [scope] : [];
        return [new JsonObject { ["bearer"] = Scopes() }, new JsonObject { ["apiKey"] = Scopes() }];
    }

    private static IEnumerable<JsonNode> Parameters(RouteEndpoint endpoint, string method, ApiOperation operation)
    {
        foreach (var part in endpoint.RoutePattern.Parameters)
        {
            yield return Parameter(part.Name, "path", null, """{"type":"string"}""");
        }

        foreach (var parameter in operation.Parameters)
        {
            yield return Parameter(parameter.Name, "query", parameter.Description, parameter.Schema);
        }

        if (operation.IsOfOrganization)
        {
            yield return Parameter(ApiOrganization.Header, "header", "The organization; left out: the key's own, or the host's default one.");
        }

        if (operation.HasRevision)
        {
            yield return Parameter("If-Match", "header", "The ETag of an earlier answer: changes nothing where it was changed since.");
            yield return Parameter("If-None-Match", "header", "*: changes nothing where there is one already.");
        }

        if (method == "POST" && operation.TakesIdempotencyKey)
        {
            yield return Parameter(Idempotency.Idempotency.Header, "header", "Who sends the same again within a day gets the first answer.");
        }
    }

    private static JsonObject Parameter(string name, string place, string? description, string schema = """{"type":"string"}""")
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (description is not null)
        {
            parameter["description"] = description;
        }

        if (place == "path")
        {
            parameter["required"] = true;
        }

        parameter["schema"] = JsonNode.Parse(schema);
        return parameter;
    }

    private static JsonObject Responses(string method, ApiOperation operation, JsonObject schemas)
    {
        var success = new JsonObject { ["description"] = "Done." };
        if (operation.Answer is { } answer)
        {
            success["content"] = Content(operation.AnswerType, answer, schemas);
        }

        var responses = new JsonObject { [Text(operation.Status)] = success };
        if (operation.Tag == "Health")
        {
            responses["503"] = new JsonObject { ["description"] = "Not so.", ["content"] = Content(operation.AnswerType, operation.Answer!, schemas) };
            if (operation.Parameters.Count > 0)
            {
                responses["400"] = new JsonObject { ["description"] = ApiProblem.Invalid.Title, ["content"] = Content("application/problem+json", "Problem", schemas) };
            }

            return responses;
        }

        if (method == "GET" && operation.Answer is not null)
        {
            responses["304"] = new JsonObject { ["description"] = "Not changed since the ETag of If-None-Match." };
        }

        foreach (var problems in Problems(method, operation).Distinct().GroupBy(problem => problem.Status).OrderBy(group => group.Key))
        {
            responses[Text(problems.Key)] = new JsonObject
            {
                ["description"] = string.Join(" ", problems.Select(problem => $"{problem.Type}: {problem.Title}")),
                ["content"] = Content("application/problem+json", "Problem", schemas),
            };
        }

        return responses;
    }

    private static IEnumerable<ApiProblem> Problems(string method, ApiOperation operation)
    {
        if (!operation.Access.IsOpen)
        {
            ApiProblem[] always = [ApiProblem.Invalid, ApiProblem.Unauthenticated, ApiProblem.OriginNotAllowed, ApiProblem.NotFound, ApiProblem.UnknownOrganization, ApiProblem.TooManyRequests, ApiProblem.ConfigurationUnavailable];
            foreach (var problem in always)
            {
                yield return problem;
            }

            if (operation.Access != ApiAccess.AnyKey)
            {
                yield return operation.Access.IsForOperator ? ApiProblem.OperatorOnly : ApiProblem.InsufficientScope;
            }
        }

        if (operation.Body is not null)
        {
            yield return ApiProblem.Invalid;
            yield return ApiProblem.TooLarge;
            yield return ApiProblem.UnsupportedMediaType;
        }

        if (operation.HasRevision)
        {
            yield return ApiProblem.RevisionConflict;
        }

        if (method == "POST" && operation.TakesIdempotencyKey)
        {
            yield return ApiProblem.IdempotencyInProgress;
            yield return ApiProblem.IdempotencyMismatch;
            yield return ApiProblem.TooLarge;
        }

        foreach (var problem in operation.Problems)
        {
            yield return problem;
        }

        yield return ApiProblem.Internal;
    }

    private static JsonObject Content(string type, string schema, JsonObject schemas)
    {
        var content = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } };
        if (schemas[schema]?["examples"] is JsonArray { Count: > 0 } examples)
        {
            content["example"] = examples[0]?.DeepClone();
        }

        return new JsonObject { [type] = content };
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}

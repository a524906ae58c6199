using System.Text.Json.Nodes;
using Aico.Host.Organizations.Agents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document from what the endpoints say of themselves; schemas and examples stand in schemas.json.</summary>
internal static class OpenApiWriter
{
    public static JsonObject Write(IEnumerable<Endpoint> endpoints)
    {
        var schemas = (JsonObject)JsonNode.Parse(OpenApiResources.Read("schemas.json"))!;
        var agent = (JsonObject)AgentProfiles.Model.Schema.DeepClone();
        agent["examples"] = new JsonArray(schemas["Agent"]!["examples"]![0]!["settings"]!.DeepClone());
        schemas["AgentSettings"] = agent;
        var paths = new JsonObject();
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>()
            .OrderBy(endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal))
        {
            var path = endpoint.RoutePattern.RawText!;
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            if (paths[path] is not JsonObject item)
            {
                paths[path] = item = [];
            }

            item[method.ToLowerInvariant()] = OpenApiOperation.Write(endpoint, method, endpoint.Metadata.GetMetadata<ApiOperation>()!, schemas);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["jsonSchemaDialect"] = "https://json-schema.org/draft/2020-12/schema",
            ["info"] = new JsonObject
            {
                ["title"] = "AICO",
                ["version"] = "1",
                ["description"] = "Voice agents: providers, organizations, keys, sessions. Errors are problem details (RFC 9457) with a stable type.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["apiKey"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "The internal key, a key of an organization, or a token of the identity provider." },
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" },
                },
            },
        };
    }
}

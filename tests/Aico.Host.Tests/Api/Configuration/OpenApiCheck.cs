using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Holds answers against the OpenAPI document: that it knows their status, and that they are as their schema says.</summary>
internal sealed class OpenApiCheck(JsonNode document)
{
    private readonly List<(string Template, Regex Pattern)> _paths = [.. document["paths"]!.AsObject()
        .Select(path => (path.Key, new Regex($"^{Regex.Replace(path.Key, "\\{[^}]+\\}", "[^/]+")}$")))
        .OrderBy(path => path.Key.Count(letter => letter == '{'))];

    public JsonNode Document => document;

    /// <summary>Every operation: method, path template, and what the document says of it.</summary>
    public IEnumerable<(string Method, string Path, JsonNode Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (method.Key.ToUpperInvariant(), path.Key, method.Value!);

    public void Answer(string method, string path, ApiAnswer answer)
    {
        var template = _paths.FirstOrDefault(known => known.Pattern.IsMatch(path)).Template;
        if (template is null || document["paths"]![template]![method.ToLowerInvariant()] is not { } operation)
        {
            return;
        }

        var described = operation["responses"]![answer.Status.ToString()];
        described.Should().NotBeNull("{0} {1} answered {2}, of which the OpenAPI document knows nothing: {3}", method, template, answer.Status, answer.Body?.ToJsonString());
        var content = described!["content"]?[answer.ContentType ?? ""];
        if (content is null)
        {
            answer.Body.Should().BeNull("{0} {1} answers {2} without a body", method, template, answer.Status);
            return;
        }

        if (answer.Body is { } body)
        {
            Check(((string)content["schema"]!["$ref"]!).Split('/')[^1], body, $"{method} {template} {answer.Status}");
        }
    }

    public void Check(string name, JsonNode body, string what)
    {
        var errors = SchemaReading.Errors(document["components"]!["schemas"]!.AsObject(), new JsonObject { ["$ref"] = $"#/components/schemas/{name}" }, body, "").ToList();
        if (errors.Count > 0)
        {
            throw new AssertionException($"{what} is not as {name} says: {string.Join("; ", errors)} in {body.ToJsonString()}");
        }
    }
}

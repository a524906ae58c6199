using System.Text.Json.Nodes;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class SettingsSchemaTests
{
    [Test]
    public void Describes_settings_with_types_bounds_and_defaults()
    {
        var duration = Duration.Pattern.Replace("\\", "\\\\", StringComparison.Ordinal);

        AssertSame(SettingsModel.Of<SampleSettings>().Schema,
            $$"""
            {
              "type": "object",
              "properties": {
                "model": { "type": ["string", "null"], "description": "The model." },
                "speed": { "type": "number", "minimum": 0.5, "maximum": 2, "default": 1 },
                "threads": { "type": "integer", "minimum": 1, "default": 2 },
                "fast": { "type": "boolean", "default": false },
                "pace": { "type": "string", "enum": ["slow", "veryFast"], "default": "veryFast" },
                "timeout": {
                  "type": "string", "pattern": "{{duration}}",
                  "description": "How long to wait. From 00:00:01 to 00:01:00.", "default": "10s"
                },
                "baseUrl": { "type": ["string", "null"], "format": "uri" },
                "language": { "type": "string", "pattern": "^(?:[a-z]{2})$", "default": "en" },
                "words": { "type": "array", "items": { "type": "string" }, "maxItems": 2, "default": [] },
                "moreWords": { "type": "array", "items": { "type": "string" }, "default": ["one"] },
                "nested": {
                  "type": "object",
                  "properties": {
                    "depth": { "type": "integer", "minimum": 0, "maximum": 9, "default": 3 },
                    "name": { "type": "string", "default": "nested" }
                  },
                  "additionalProperties": false,
                  "default": { "depth": 3, "name": "nested" }
                },
                "limit": { "type": ["integer", "null"], "default": 5 }
              },
              "required": ["model"],
              "additionalProperties": false
            }
            """);
    }

    [Test]
    public void Describes_secrets_apart_from_the_settings() =>
        AssertSame(SettingsModel.Of<SampleSettings>().SecretsSchema,
            """
            {
              "type": "object",
              "properties": {
                "apiKey": { "type": "string", "minLength": 1, "writeOnly": true, "description": "The key." },
                "token": { "type": "string", "minLength": 1, "writeOnly": true }
              },
              "required": ["apiKey"],
              "additionalProperties": false
            }
            """);

    [Test]
    public void Describes_settings_without_properties() =>
        AssertSame(SettingsModel.Of<None>().Schema, """{ "type": "object", "properties": {}, "additionalProperties": false }""");

    private static void AssertSame(JsonNode actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue("it is {0}", actual.ToJsonString());

    private sealed record None;
}

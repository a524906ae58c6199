using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Providers.Egress;

/// <summary>A place that a provider's settings make it reach.</summary>
/// <param name="Pointer">JSON pointer of the setting.</param>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The port, 0 where none is known.</param>
/// <param name="Problem">Null; else why it can be no server's address.</param>
internal sealed record ProviderAddress(string Pointer, string Host, int Port, string? Problem = null)
{
    private static readonly string[] Schemes = ["http", "https", "ws", "wss"];
    private static readonly string[] UrlNames = ["baseUrl", "endpoint", "url"];

    /// <summary>Every address among the settings, defaults of the plugin included, since they are reached as well.</summary>
    public static IEnumerable<ProviderAddress> In(JsonObject schema, JsonObject? config, string at = "")
    {
        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            if (node is not JsonObject property)
            {
                continue;
            }

            var pointer = $"{at}/{name}";
            var value = config?.ContainsKey(name) == true ? config[name] : property["default"];
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                if (OfText(name, property, text.GetValue<string>(), pointer, schema, config) is { } address)
                {
                    yield return address;
                }
            }
            else if (property["properties"] is JsonObject)
            {
                foreach (var inner in In(property, value as JsonObject, pointer))
                {
                    yield return inner;
                }
            }
        }
    }

    private static ProviderAddress? OfText(string name, JsonObject property, string text, string pointer, JsonObject schema, JsonObject? config)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var isUrl = property["format"]?.GetValue<string>() == "uri" || UrlNames.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (isUrl)
        {
            return !Uri.TryCreate(text, UriKind.Absolute, out var url) ? new ProviderAddress(pointer, text, 0, "It must be an absolute URL.")
                : !Schemes.Contains(url.Scheme, StringComparer.Ordinal) ? new ProviderAddress(pointer, url.IdnHost, 0, $"Its scheme must be one of {string.Join(", ", Schemes)}.")
                : new ProviderAddress(pointer, url.IdnHost, url.Port);
        }

        return name.Equals("host", StringComparison.OrdinalIgnoreCase) ? new ProviderAddress(pointer, text, PortOf(schema, config)) : null;
    }

    private static int PortOf(JsonObject schema, JsonObject? config)
    {
        var port = config?["port"] ?? schema["properties"]?["port"]?["default"];
        return port is JsonValue value && value.TryGetValue(out int number) ? number : 0;
    }
}

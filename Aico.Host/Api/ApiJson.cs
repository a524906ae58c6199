using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>How the API reads and writes JSON: camelCase, nothing unknown, nothing twice.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads the body of a request; an empty one is an empty object.</summary>
    /// <exception cref="ApiException">It is no JSON, or of another shape; says where.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonSerializerOptions? options = null)
        where T : class
    {
        var body = await ReadBytesAsync(http);
        try
        {
            return JsonSerializer.Deserialize<T>(body, options ?? Options)
                ?? throw new ApiException(ApiProblem.Invalid, "The body is null.");
        }
        catch (JsonException e)
        {
            throw new ApiException(
                ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError(Pointer(e.Path), Reason(e))]);
        }
    }

    /// <summary>Reads the body of a request as the object that it must be.</summary>
    public static async Task<JsonObject> ReadObjectAsync(HttpContext http) =>
        await ReadAsync<JsonNode>(http) as JsonObject
        ?? throw new ApiException(ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError("", "The value has the wrong type.")]);

    /// <summary>Reads the body of a request, which is JSON, "{}" where it is empty.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
        if (memory.Length == 0)
        {
            return "{}"u8.ToArray();
        }

        if (!http.Request.HasJsonContentType())
        {
            throw new ApiException(ApiProblem.UnsupportedMediaType, "Send the body as \"Content-Type: application/json\".");
        }

        var body = memory.ToArray();
        CheckText(body);
        return body;
    }

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A name as it stands in a JSON pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    // Nodes are read when they are used: half a character, or a name that is there twice, would be found long after the body was taken.
    private static void CheckText(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        names.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        names.Pop();
                        break;
                    case JsonTokenType.String:
                        reader.GetString();
                        break;
                    case JsonTokenType.PropertyName when reader.GetString() is { } name && !names.Peek().Add(name):
                        throw new ApiException(ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError("", $"The field \"{name}\" is there twice.")]);
                }
            }
        }
        catch (JsonException e)
        {
            throw new ApiException(ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError("", Reason(e))]);
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(ApiProblem.Invalid, "The body cannot be read.", [new ApiFieldError("", "It has text that is no valid Unicode.")]);
        }
    }

    // "$.participant.attributes['a']" is what the serializer says.
    private static string Pointer(string? path) => path is null or "$" ? "" :
        path.Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)
            .Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
            .TrimStart('$').Replace('.', '/');

    // The type's name and the position in lines are of no use to the caller of an API.
    private static string Reason(JsonException e)
    {
        if (e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            var name = e.Message.Split('\'') is { Length: > 1 } parts ? parts[1] : "?";
            return $"There is no field \"{name}\".";
        }

        return e.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? "The value has the wrong type."
            : e.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
    }
}

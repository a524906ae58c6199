using System.Text.Encodings.Web;
using System.Text.Json;
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
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
        var body = memory.Length == 0 ? "{}"u8.ToArray() : memory.ToArray();
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

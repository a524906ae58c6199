using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>Writes answers of JSON, each with an entity tag where it is read, and answers 304 to who has it already.</summary>
internal static class ApiReply
{
    private const string Json = "application/json; charset=utf-8";

    /// <param name="http">The request.</param>
    /// <param name="body">The answer.</param>
    /// <param name="revision">Of what is shown, for later changes of it.</param>
    public static Task WriteAsync(HttpContext http, JsonNode body, long? revision = null)
    {
        var bytes = Bytes(body);
        return WriteAsync(http, bytes, Tag(bytes, revision));
    }

    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, string tag)
    {
        var response = http.Response;
        response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch is { Count: > 0 } known && HttpMethods.IsGet(http.Request.Method) && Knows(known.ToString(), tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return SendAsync(http, body);
    }

    /// <summary>An answer that is no state of anything, such as that of an action.</summary>
    public static Task WriteOnceAsync(HttpContext http, JsonNode body, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return SendAsync(http, Bytes(body));
    }

    public static Task CreatedAsync(HttpContext http, JsonNode body, string location, long revision)
    {
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = location;
        var bytes = Bytes(body);
        http.Response.Headers.ETag = Tag(bytes, revision);
        return SendAsync(http, bytes);
    }

    public static void Empty(HttpContext http) => http.Response.StatusCode = StatusCodes.Status204NoContent;

    public static byte[] Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString(ApiJson.Options));

    public static string Tag(ReadOnlySpan<byte> body, long? revision)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        var text = Convert.ToHexStringLower(hash[..8]);
        return revision is null or 0 ? $"\"0-{text}\"" : string.Create(CultureInfo.InvariantCulture, $"\"{revision}-{text}\"");
    }

    private static Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = Json;
        http.Response.ContentLength = body.Length;
        var writing = http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        return writing.IsCompletedSuccessfully ? Task.CompletedTask : writing.AsTask();
    }

    private static bool Knows(string known, string tag) => known == "*" || known.Contains(tag, StringComparison.Ordinal);
}

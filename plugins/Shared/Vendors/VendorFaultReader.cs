using System.Text;
using System.Text.Json;

namespace Aico.Plugins.Shared.Vendors;

/// <summary>
/// Finds code and message in the bodies that vendors of speech answer with: {"err_code","err_msg"}, {"category","message"},
/// {"detail":{"status","message"}}, {"detail":[{"msg"}]}, {"error_code","title","message"}, {"error":{"code","message"}}, plain text.
/// </summary>
internal static class VendorFaultReader
{
    private const int LongestBody = 16 * 1024;

    private static readonly string[] Codes = ["err_code", "error_code", "category", "code", "status", "type"];
    private static readonly string[] Messages = ["err_msg", "message", "msg", "description", "details", "title", "reason"];
    private static readonly string[] Nested = ["error", "detail", "errors"];

    public static async Task<VendorFault> ReadAsync(HttpResponseMessage response, TimeSpan? retryAfter, CancellationToken ct)
    {
        var buffer = new byte[LongestBody];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return Read((int)response.StatusCode, buffer.AsMemory(0, length)) with { RetryAfter = retryAfter };
    }

    public static VendorFault Read(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(status, document.RootElement);
        }
        catch (JsonException)
        {
            var text = Encoding.UTF8.GetString(body.Span).Trim();
            return new VendorFault(status, "", text.StartsWith('<') ? "a web page instead of JSON" : text);
        }
    }

    public static VendorFault Read(int status, JsonElement element)
    {
        var codes = new List<string>();
        var message = Find(element, codes);
        return new VendorFault(status, string.Join(' ', codes), message);
    }

    private static string Find(JsonElement element, List<string> codes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString()!;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                return Find(element[0], codes);
            case JsonValueKind.Object:
                break;
            default:
                return "";
        }

        codes.AddRange(Codes.Select(name => Text(element, name)).Where(text => text.Length > 0));
        var own = Messages.Select(name => Text(element, name)).FirstOrDefault(text => text.Length > 0);
        var inner = "";
        foreach (var name in Nested)
        {
            if (element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                inner = Find(value, codes);
                if (inner.Length > 0)
                {
                    break;
                }
            }
        }

        return own ?? inner;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : "";
}

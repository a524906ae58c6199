using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aico.Plugins.Shared.Chat;

/// <summary>What the body of an error says, in whichever shape a vendor or a proxy before it wraps it.</summary>
/// <param name="Message">The sentence for people; empty where there is none.</param>
/// <param name="Code">All words for machines, with blanks between them: code, type, status, reasons, names of quotas.</param>
/// <param name="RetryAfter">How long the body asks to wait.</param>
internal sealed record ApiErrorText(string Message, string Code, TimeSpan? RetryAfter)
{
    private static readonly ApiErrorText Empty = new("", "", null);

    public bool Says(string word) => Code.Contains(word, StringComparison.OrdinalIgnoreCase);

    public static ApiErrorText Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's page, or plain text: its first words say more than nothing.
            var text = Encoding.UTF8.GetString(body.Span);
            return Empty with { Message = text.TrimStart().StartsWith('<') ? "a web page instead of JSON" : text };
        }
    }

    /// <summary>
    /// Knows {"error":{"message","type","code"}}, {"error":"…"}, {"message":"…"}, {"detail":"…"}, {"detail":[{"msg"}]},
    /// {"object":"error",…}, and each of them in a list.
    /// </summary>
    public static ApiErrorText Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Empty with { Message = element.GetString()! };
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                return Of(element[0]);
            case JsonValueKind.Object:
                break;
            default:
                return Empty;
        }

        if (element.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            var inner = Of(error);
            return inner.Code.Length > 0 ? inner : inner with { Code = CodeOf(element) };
        }

        var (code, wait) = (CodeOf(element), WaitOf(element));
        foreach (var name in (ReadOnlySpan<string>)["message", "detail", "msg", "title", "errors"])
        {
            if (element.TryGetProperty(name, out var value) && Of(value) is { Message.Length: > 0 } found)
            {
                return new ApiErrorText(found.Message, code, wait);
            }
        }

        return new ApiErrorText("", code, wait);
    }

    private static string CodeOf(JsonElement element)
    {
        var words = new List<string> { Text(element, "code"), Text(element, "type"), Text(element, "status") };
        // Azure says why inside, Anthropic and Gemini in the details.
        if (element.TryGetProperty("innererror", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            words.Add(Text(inner, "code"));
        }

        foreach (var detail in Details(element))
        {
            words.Add(Text(detail, "error_code"));
            words.Add(Text(detail, "reason"));
            if (detail.TryGetProperty("violations", out var violations) && violations.ValueKind == JsonValueKind.Array)
            {
                words.AddRange(violations.EnumerateArray().Select(violation => Text(violation, "quotaId")));
            }
        }

        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    /// <summary>Gemini's RetryInfo: "retryDelay":"7.5s".</summary>
    private static TimeSpan? WaitOf(JsonElement element)
    {
        foreach (var detail in Details(element))
        {
            if (Text(detail, "retryDelay") is { Length: > 1 } delay && delay[^1] == 's'
                && double.TryParse(delay[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e6)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Details(JsonElement element) =>
        !element.TryGetProperty("details", out var details) ? []
        : details.ValueKind == JsonValueKind.Object ? [details]
        : details.ValueKind == JsonValueKind.Array ? details.EnumerateArray().Where(detail => detail.ValueKind == JsonValueKind.Object)
        : [];

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : "";
}

using System.Globalization;
using System.Text.Json;
using Aico.Abstractions;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>Turns what a server says of a failure into the category that the host decides by.</summary>
internal sealed class ApiErrors(string server, string model, string? key)
{
    private const int LongestMessage = 300;

    /// <summary>Codes and types of a 429 that no waiting mends.</summary>
    private static readonly string[] Exhausted =
        ["insufficient_quota", "credit_balance_exhausted", "spend_limit_exceeded", "usage_limit_exceeded", "billing_hard_limit_reached", "billing_not_active", "payment_required"];

    /// <summary>The error of a response.</summary>
    public ProviderException FromResponse(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var (message, code) = Read(body);
        return Make(Category(status, code, message), status, code, $"HTTP {status}", message, retryAfter);
    }

    /// <summary>The error inside a stream, or in a response that says 200; null where there is none.</summary>
    public ProviderException? FromEvent(JsonElement root, bool isErrorEvent)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasError = root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String;
        if (!hasError && !isErrorEvent && Text(root, "object") != "error")
        {
            return null;
        }

        var (message, code) = Read(root);
        var status = int.TryParse(code.Split(' ')[0], CultureInfo.InvariantCulture, out var number) && number is >= 400 and < 600 ? number : 0;
        return Make(Category(status, code, message), status, code, "an error", message, null);
    }

    private static ProviderFailure Category(int status, string code, string message)
    {
        bool Says(string word) => code.Contains(word, StringComparison.OrdinalIgnoreCase);
        return status switch
        {
            400 when message.Contains("API key not valid", StringComparison.OrdinalIgnoreCase) => ProviderFailure.Unauthorized,
            401 or 403 => ProviderFailure.Unauthorized,
            402 or 429 or 498 => ProviderFailure.QuotaExceeded,
            408 or 504 or 522 or 524 => ProviderFailure.TimedOut,
            409 or 425 or 499 => ProviderFailure.Unavailable,
            >= 400 and < 500 => ProviderFailure.InvalidRequest,
            >= 500 => ProviderFailure.Unavailable,
            > 0 => ProviderFailure.ProtocolError,
            // Without a status only the words are left.
            _ when Says("rate_limit") || Says("quota") || Says("spend_limit") || Says("capacity") => ProviderFailure.QuotaExceeded,
            _ when Says("auth") || Says("api_key") || Says("permission") => ProviderFailure.Unauthorized,
            _ when Says("invalid_request") || Says("not_found") || Says("context_length") || Says("BadRequest") => ProviderFailure.InvalidRequest,
            _ when Says("timeout") => ProviderFailure.TimedOut,
            _ => ProviderFailure.Unavailable,
        };
    }

    private ProviderException Make(ProviderFailure failure, int status, string code, string what, string message, TimeSpan? retryAfter)
    {
        var hint = (failure, status) switch
        {
            (ProviderFailure.Unauthorized, _) when key is null => " No API key is set.",
            (ProviderFailure.Unauthorized, _) => " Check the API key.",
            (_, 404) => $" Check that the server has the model \"{model}\" and that the base URL ends as it should, usually with /v1.",
            (ProviderFailure.InvalidRequest, _) when model.Length == 0 => " No model is set.",
            _ => "",
        };
        var named = model.Length > 0 ? $" for the model \"{model}\"" : "";
        var said = message.Length > 0 ? $": {Shorten(message)}" : "";
        var mark = said.EndsWith('.') || said.EndsWith('!') || said.EndsWith('?') ? "" : ".";
        return new ProviderException(failure, $"{server} answered {what}{named}{said}{mark}{hint}")
        {
            RetryAfter = retryAfter,
            IsExhausted = failure == ProviderFailure.QuotaExceeded
                && (status == 402 || Exhausted.Any(word => code.Contains(word, StringComparison.OrdinalIgnoreCase))),
        };
    }

    private string Shorten(string message)
    {
        var clean = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // Some servers repeat the key that they refuse.
        clean = key is null ? clean : clean.Replace(key, "***", StringComparison.Ordinal);
        return clean.Length > LongestMessage ? clean[..LongestMessage] + "…" : clean;
    }

    private static (string Message, string Code) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // A proxy's page, or plain text: its first words say more than nothing.
            var text = System.Text.Encoding.UTF8.GetString(body.Span);
            return (text.TrimStart().StartsWith('<') ? "a web page instead of JSON" : text, "");
        }
    }

    /// <summary>
    /// Knows {"error":{"message","type","code"}}, {"error":"…"}, {"message":"…"}, {"detail":"…"}, {"detail":[{"msg"}]},
    /// {"object":"error",…}, and each of them in a list. The code is code and type together.
    /// </summary>
    private static (string Message, string Code) Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return (element.GetString()!, "");
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                return Read(element[0]);
            case JsonValueKind.Object:
                break;
            default:
                return ("", "");
        }

        if (element.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            var inner = Read(error);
            return (inner.Message, inner.Code.Length > 0 ? inner.Code : Code(element));
        }

        foreach (var name in (ReadOnlySpan<string>)["message", "detail", "msg", "title", "errors"])
        {
            if (element.TryGetProperty(name, out var value) && Read(value) is { Message.Length: > 0 } found)
            {
                return (found.Message, Code(element));
            }
        }

        return ("", Code(element));
    }

    private static string Code(JsonElement element) => $"{Text(element, "code")} {Text(element, "type")} {Text(element, "status")}".Trim();

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : "";
}

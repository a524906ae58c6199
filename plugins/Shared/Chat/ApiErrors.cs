using System.Globalization;
using System.Text.Json;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Chat;

/// <summary>
/// Turns what a vendor says of a failure into the category that the host decides by. One table serves all: statuses mean the same
/// everywhere, and no vendor's word means something else at another.
/// </summary>
internal sealed class ApiErrors(string server, string model, string? key)
{
    private const int LongestMessage = 300;

    /// <summary>Codes and types of a 429 that no waiting mends; the last is part of the name of Gemini's daily quotas.</summary>
    private static readonly string[] Exhausted =
    [
        "insufficient_quota", "credit_balance_exhausted", "spend_limit_exceeded", "usage_limit_exceeded", "billing_hard_limit_reached", "billing_not_active",
        "billing_error", "payment_required", "spend_limit_reached", "PerDay",
    ];

    /// <summary>The error of a response.</summary>
    public ProviderException FromResponse(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        var said = ApiErrorText.Of(body);
        return Make(Category(status, said), status, said, $"HTTP {status}", retryAfter ?? said.RetryAfter);
    }

    /// <summary>True where a vendor refuses the words of the prompt, which is an answer and no fault.</summary>
    public static bool IsContentFilter(int status, ReadOnlyMemory<byte> body) =>
        status == 400 && ApiErrorText.Of(body) is var said && (said.Says("content_filter") || said.Says("ResponsibleAIPolicyViolation"));

    /// <summary>The error inside a stream, or in a response that says 200; null where there is none.</summary>
    public ProviderException? FromEvent(JsonElement root, bool isErrorEvent)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasError = root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String;
        if (!hasError && !isErrorEvent && !(root.TryGetProperty("object", out var kind) && kind.ValueEquals("error")))
        {
            return null;
        }

        var said = ApiErrorText.Of(root);
        var status = int.TryParse(said.Code.Split(' ')[0], CultureInfo.InvariantCulture, out var number) && number is >= 400 and < 600 ? number : 0;
        return Make(Category(status, said), status, said, "an error", said.RetryAfter);
    }

    private static ProviderFailure Category(int status, ApiErrorText said)
    {
        return status switch
        {
            400 when said.Says("API_KEY_INVALID") || said.Message.Contains("API key not valid", StringComparison.OrdinalIgnoreCase) => ProviderFailure.Unauthorized,
            401 or 403 => ProviderFailure.Unauthorized,
            402 or 429 or 498 => ProviderFailure.QuotaExceeded,
            408 or 504 or 522 or 524 => ProviderFailure.TimedOut,
            409 or 425 or 499 => ProviderFailure.Unavailable,
            >= 400 and < 500 => ProviderFailure.InvalidRequest,
            >= 500 => ProviderFailure.Unavailable,
            > 0 => ProviderFailure.ProtocolError,
            // Without a status only the words are left.
            _ when said.Says("rate_limit") || said.Says("quota") || said.Says("spend_limit") || said.Says("billing") || said.Says("capacity") => ProviderFailure.QuotaExceeded,
            _ when said.Says("auth") || said.Says("api_key") || said.Says("permission") => ProviderFailure.Unauthorized,
            _ when said.Says("invalid_request") || said.Says("not_found") || said.Says("context_length") || said.Says("too_large") || said.Says("BadRequest") => ProviderFailure.InvalidRequest,
            _ when said.Says("timeout") => ProviderFailure.TimedOut,
            _ => ProviderFailure.Unavailable,
        };
    }

    private ProviderException Make(ProviderFailure failure, int status, ApiErrorText error, string what, TimeSpan? retryAfter)
    {
        var hint = (failure, status) switch
        {
            (ProviderFailure.Unauthorized, _) when key is null => " No API key is set.",
            (ProviderFailure.Unauthorized, _) => " Check the API key.",
            _ when error.Says("DeploymentNotFound") => " Check the deployment's name; a new one needs some minutes.",
            (_, 404) => $" Check that the server has the model \"{model}\" and that the base URL ends as it should, usually with /v1.",
            (ProviderFailure.InvalidRequest, _) when model.Length == 0 => " No model is set.",
            (ProviderFailure.InvalidRequest, _) when error.Message.Contains("reasoning_effort", StringComparison.Ordinal)
                && error.Message.Contains("tools", StringComparison.OrdinalIgnoreCase) => " Set reasoningEffort to none, or choose a model that knows none.",
            _ => "",
        };
        var named = model.Length > 0 ? $" for the model \"{model}\"" : "";
        var said = error.Message.Length > 0 ? $": {Shorten(error.Message)}" : "";
        var mark = said.EndsWith('.') || said.EndsWith('!') || said.EndsWith('?') ? "" : ".";
        return new ProviderException(failure, $"{server} answered {what}{named}{said}{mark}{hint}")
        {
            RetryAfter = retryAfter,
            IsExhausted = failure == ProviderFailure.QuotaExceeded && (status == 402 || IsExhausted(error)),
        };
    }

    // "limit: 0" is Gemini's way to say that the plan has nothing of this model.
    private static bool IsExhausted(ApiErrorText error) =>
        Exhausted.Any(error.Says) || error.Message.Contains("limit: 0,", StringComparison.Ordinal) || error.Message.EndsWith("limit: 0", StringComparison.Ordinal);

    private string Shorten(string message)
    {
        var clean = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // Some servers repeat the key that they refuse.
        clean = key is null ? clean : clean.Replace(key, "***", StringComparison.Ordinal);
        return clean.Length > LongestMessage ? clean[..LongestMessage] + "…" : clean;
    }
}

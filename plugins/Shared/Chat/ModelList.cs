using System.Globalization;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Http;

namespace Aico.Plugins.Shared.Chat;

/// <summary>Reads {"data":[{"id"}]}, which OpenAI and all that follow it answer.</summary>
internal static class ModelList
{
    /// <exception cref="ProviderException">It is another document.</exception>
    public static IReadOnlyList<ModelInfo> Read(JsonElement root, Uri url)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} sent no list of models.");
        }

        return
        [
            .. data.EnumerateArray()
                .Where(model => model.ValueKind == JsonValueKind.Object && model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                .Select(Model),
        ];
    }

    private static ModelInfo Model(JsonElement model) => new(Name(model.GetProperty("id").GetString()!))
    {
        DisplayName = model.TryGetProperty("display_name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null,
        // Groq's name.
        ContextWindow = model.TryGetProperty("context_window", out var window) && window.ValueKind == JsonValueKind.Number && window.TryGetInt32(out var tokens) ? tokens : null,
        EndsOn = model.TryGetProperty("shutdown_date", out var day) ? Day(day) : null,
    };

    // Gemini says "models/name", and is asked for "name".
    private static string Name(string id) => id.StartsWith("models/", StringComparison.Ordinal) ? id["models/".Length..] : id;

    private static DateOnly? Day(JsonElement day) => day.ValueKind switch
    {
        JsonValueKind.Number when day.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799 =>
            DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime),
        JsonValueKind.String when DateTimeOffset.TryParse(day.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) =>
            DateOnly.FromDateTime(date.UtcDateTime),
        _ => null,
    };
}

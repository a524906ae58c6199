using System.Text.Json;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;

namespace Aico.Plugins.Gemini;

/// <summary>Reads a page of models, without those that generate no content.</summary>
internal static class GeminiModelPage
{
    private const string Prefix = "models/";

    public static IEnumerable<ModelInfo> Read(JsonElement page) =>
        StreamJson.List(page, "models").Where(Generates).Select(Model).OfType<ModelInfo>();

    private static ModelInfo? Model(JsonElement model) => StreamJson.Text(model, "name") is not { Length: > 0 } name
        ? null
        : new ModelInfo(name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name)
        {
            DisplayName = StreamJson.Text(model, "displayName"),
            ContextWindow = StreamJson.Number(model, "inputTokenLimit") is { } tokens and > 0 and <= int.MaxValue ? (int)tokens : null,
        };

    // A model that does not say what it can do stays.
    private static bool Generates(JsonElement model) =>
        !model.TryGetProperty("supportedGenerationMethods", out var methods) || methods.ValueKind != JsonValueKind.Array
        || methods.EnumerateArray().Any(method => method.ValueKind == JsonValueKind.String && method.ValueEquals("generateContent"));
}

using System.Text.Json;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Cartesia;

/// <summary>Cartesia's socket of contexts, its bytes and its voices, from its specification.</summary>
internal sealed class FakeCartesia : FakeVendor
{
    public const string Key = "sk_car_secret-key";
    public const string Voice = "e07c00bc-4134-4eae-9ea4-1a55fb45746b";

    private static readonly string[] Versions = ["2024-11-13", "2025-04-16", "2026-03-01", "2026-08-14"];

    /// <summary>Takes the place of a socket's speaking.</summary>
    public Func<FakeSocket, Task>? Speak { get; set; }

    public int Sockets { get; private set; }

    /// <summary>True: errors have codes, and stand in JSON.</summary>
    public static bool HasCodes(string version) => string.CompareOrdinal(version, "2026-03-01") >= 0;

    protected override Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        if (path == "/")
        {
            return RefuseAsync(context, 200, """{"ok":true,"version":"1.0"}""");
        }

        var version = request.Query["cartesia_version"] is { Count: 1 } asked ? asked.ToString() : request.Headers["Cartesia-Version"].ToString();
        if (!Versions.Contains(version))
        {
            Violate("Cartesia-Version");
            return RefuseAsync(context, version, 400, "version_invalid", "Invalid version", "Cartesia-Version is missing or unknown.");
        }

        if (request.Headers.Authorization != "Bearer " + Key && request.Headers["X-API-Key"] != Key)
        {
            return RefuseAsync(context, version, 401, "unauthorized", "Unauthorized", "Invalid API key.");
        }

        return (request.Method, path) switch
        {
            ("GET", "/tts/websocket") => ServeSocketAsync(context, version),
            ("POST", "/tts/bytes") => SpeakBytesAsync(context, version),
            ("GET", "/voices") => RefuseAsync(context, 200, Voices(request.Query)),
            ("GET", "/voices/" + Voice) => RefuseAsync(context, 200, VoiceOf(Voice, "Brooke")),
            _ when path.StartsWith("/voices/", StringComparison.Ordinal) => RefuseAsync(context, version, 404, "voice_not_found", "Voice not found", "There is no such voice."),
            _ => RefuseAsync(context, version, 404, "not_found", "Not found", "There is no such path."),
        };
    }

    public static string? FindFault(JsonElement request, string version)
    {
        if (!request.TryGetProperty("voice", out var voice) || !request.TryGetProperty("model_id", out _) || !request.TryGetProperty("transcript", out _))
        {
            return "voice, model_id, transcript";
        }

        var isObject = voice.ValueKind == JsonValueKind.Object;
        var hasMode = isObject && voice.TryGetProperty("mode", out var mode) && mode.GetString() == "id" && voice.TryGetProperty("id", out _);
        var isNew = string.CompareOrdinal(version, "2026-08-14") >= 0;
        return isNew == hasMode || (!isNew && !isObject) ? "the shape of voice" : null;
    }

    public static int SampleRate(JsonElement request) =>
        request.TryGetProperty("output_format", out var format) && format.GetProperty("container").GetString() == "raw"
        && format.GetProperty("encoding").GetString() == "pcm_s16le" && format.GetProperty("sample_rate").GetInt32() is var rate
        && rate is 8000 or 16000 or 22050 or 24000 or 44100 or 48000
            ? rate
            : 0;

    private static string VoiceOf(string id, string name) => $$"""
        {"id":"{{id}}","name":"{{name}}","tagline":"Warm","description":"A warm voice","language":"en","gender":"feminine","access":"public","is_owner":false,
         "created_at":"2026-01-01T00:00:00Z","locales":[{"locale":"en-US","is_native":true}],"visibility":"all"}
        """;

    /// <summary>Two voices; a page holds as many as are asked for, but one at most.</summary>
    private static string Voices(IQueryCollection query) => query["starting_after"].ToString() switch
    {
        "" => $$"""{"data":[{{VoiceOf(Voice, "Brooke")}}],"has_more":true}""",
        Voice => $$"""{"data":[{{VoiceOf("other-voice", "Anna")}}],"has_more":false}""",
        _ => """{"data":[],"has_more":false}""",
    };

    private static Task RefuseAsync(HttpContext context, string version, int status, string code, string title, string message) => RefuseAsync(
        context, status,
        HasCodes(version) ? $$"""{"error_code":"{{code}}","title":"{{title}}","message":"{{message}}","request_id":"r"}""" : $"{title}: {message}");

    private async Task ServeSocketAsync(HttpContext context, string version)
    {
        Sockets++;
        await ServeAsync(context, Speak ?? new FakeSonic(this, version).ServeAsync);
    }

    private async Task SpeakBytesAsync(HttpContext context, string version)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Record(body.RootElement.GetRawText());
        if (FindFault(body.RootElement, version) is { } fault)
        {
            Violate(fault);
            await RefuseAsync(context, version, 400, "invalid_request", "Invalid request", fault);
            return;
        }

        context.Response.ContentType = "audio/raw";
        await context.Response.Body.WriteAsync(FakeSpeech.Pcm(body.RootElement.GetProperty("transcript").GetString()!, SampleRate(body.RootElement)));
    }
}

using System.Globalization;
using System.Text.Json;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.ElevenLabs;

/// <summary>ElevenLabs' speech (over HTTP and over the socket of many contexts), user, models and voices, from its specification.</summary>
internal sealed class FakeElevenLabs : FakeVendor
{
    public const string Key = "el-secret-key";
    public const string Voice = "JBFqnCBsd6RMkjVDRZzb";

    private static readonly string[] SocketQuery =
    [
        "model_id", "output_format", "auto_mode", "inactivity_timeout", "sync_alignment", "apply_text_normalization", "apply_language_text_normalization",
        "language_code", "enable_logging", "enable_ssml_parsing", "seed", "optimize_streaming_latency",
    ];

    /// <summary>Takes the place of a socket's speaking.</summary>
    public Func<FakeSocket, Task>? Speak { get; set; }

    /// <summary>Takes the place of the body of speech over HTTP.</summary>
    public Func<HttpContext, string, Task>? Stream { get; set; }

    /// <summary>True: the names that servers were seen to write, not those of the documentation.</summary>
    public bool WritesAsSeen { get; set; }

    /// <summary>True: the key may speak, and nothing else.</summary>
    public bool IsRestricted { get; set; }

    public int Sockets { get; private set; }

    protected override Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers["xi-api-key"] != Key)
        {
            return RefuseAsync(context, 401, """{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}""");
        }

        var path = context.Request.Path.Value!;
        if (context.Request.Method == "GET" && IsRestricted && path is "/v1/user" or "/v1/voices/" + Voice)
        {
            return RefuseAsync(context, 401, """{"detail":{"status":"missing_permissions","message":"The API key you used is missing the permission user_read."}}""");
        }

        return (context.Request.Method, path.Replace("/" + Voice, "/:voice", StringComparison.Ordinal)) switch
        {
            ("GET", "/v1/text-to-speech/:voice/multi-stream-input") => ServeSocketAsync(context),
            ("POST", "/v1/text-to-speech/:voice/stream") => StreamAsync(context),
            ("GET", "/v1/user") => RefuseAsync(context, 200, ElevenLabsAnswers.User),
            ("GET", "/v1/models") => RefuseAsync(context, 200, ElevenLabsAnswers.Models),
            ("GET", "/v2/voices") => RefuseAsync(context, 200, ElevenLabsAnswers.Voices(context.Request.Query["next_page_token"].ToString())),
            ("GET", "/v1/voices/:voice") => RefuseAsync(context, 200, ElevenLabsAnswers.Voice),
            _ when path.StartsWith("/v1/text-to-speech/", StringComparison.Ordinal) || path.StartsWith("/v1/voices/", StringComparison.Ordinal) =>
                RefuseAsync(context, 404, """{"detail":{"status":"voice_not_found","message":"A voice with this voice_id was not found."}}"""),
            _ => RefuseAsync(context, 404, """{"detail":"Not Found"}"""),
        };
    }

    public static int SampleRate(IQueryCollection query) =>
        query["output_format"].ToString() is var format && format.StartsWith("pcm_", StringComparison.Ordinal)
        && int.TryParse(format.AsSpan(4), CultureInfo.InvariantCulture, out var rate) && rate is 8000 or 16000 or 22050 or 24000 or 32000 or 44100 or 48000
            ? rate
            : 0;

    private async Task ServeSocketAsync(HttpContext context)
    {
        Sockets++;
        var query = context.Request.Query;
        var fault = query.Keys.FirstOrDefault(name => !SocketQuery.Contains(name)) is { } unknown ? $"unknown parameter {unknown}" : null;
        fault ??= SampleRate(query) > 0 ? null : "output_format";
        fault ??= query["inactivity_timeout"] is { Count: 1 } seconds && int.Parse(seconds!, CultureInfo.InvariantCulture) is < 1 or > 180 ? "inactivity_timeout" : null;
        if (fault is not null)
        {
            Violate(fault);
            await RefuseAsync(context, 422, $$"""{"detail":[{"loc":["query"],"msg":"{{fault}}","type":"value_error"}]}""");
            return;
        }

        await ServeAsync(context, Speak ?? new FakeContexts(this, query).ServeAsync);
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Record(body.RootElement.GetRawText());
        var text = body.RootElement.TryGetProperty("text", out var found) ? found.GetString()! : "";
        if (text.Length == 0 || SampleRate(context.Request.Query) is 0 || !body.RootElement.TryGetProperty("model_id", out _))
        {
            Violate("text, model_id, output_format");
            await RefuseAsync(context, 422, """{"detail":[{"loc":["body","text"],"msg":"Field required","type":"missing"}]}""");
        }
        else if (Stream is { } stream)
        {
            await stream(context, text);
        }
        else
        {
            context.Response.ContentType = "audio/pcm";
            context.Response.Headers["request-id"] = "r";
            var audio = FakeSpeech.Pcm(text, SampleRate(context.Request.Query));
            // Pieces that split samples.
            for (var start = 0; start < audio.Length; start += 1023)
            {
                await context.Response.Body.WriteAsync(audio.AsMemory(start, Math.Min(1023, audio.Length - start)), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }
}

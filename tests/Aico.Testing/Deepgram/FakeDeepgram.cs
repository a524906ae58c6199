using System.Globalization;
using System.Text.Json;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Deepgram;

/// <summary>Deepgram's listen (v1 and v2), speak, projects and models, from its specification.</summary>
internal sealed class FakeDeepgram : FakeVendor
{
    public const string Key = "dg-secret-key";

    private static readonly string[] NovaQuery =
    [
        "model", "language", "encoding", "sample_rate", "channels", "interim_results", "endpointing", "utterance_end_ms", "vad_events",
        "smart_format", "punctuate", "numerals", "profanity_filter", "filler_words", "keyterm", "keywords", "mip_opt_out", "no_delay", "dictation",
        "diarize", "diarize_model", "multichannel", "redact", "replace", "search", "tag", "extra", "detect_entities", "version",
    ];

    private static readonly string[] FluxQuery =
    [
        "model", "encoding", "sample_rate", "eot_threshold", "eager_eot_threshold", "eot_timeout_ms", "keyterm", "language_hint", "mip_opt_out", "tag",
        "numerals", "profanity_filter", "redact",
    ];

    /// <summary>Takes the place of the vendor's listening.</summary>
    public Func<FakeSocket, Task>? Listen { get; set; }

    /// <summary>Takes the place of the body of speech.</summary>
    public Func<HttpContext, string, Task>? Speak { get; set; }

    protected override Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Token " + Key)
        {
            return RefuseAsync(context, 401, """{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"r"}""", "INVALID_AUTH");
        }

        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/v1/listen") => ListenAsync(context, NovaQuery, FindFault(context.Request.Query), new FakeNova(this).ServeAsync),
            ("GET", "/v2/listen") => ListenAsync(context, FluxQuery, FindFluxFault(context.Request.Query), new FakeFlux(this).ServeAsync),
            ("POST", "/v1/speak") => SpeakAsync(context),
            ("GET", "/v1/projects") => RefuseAsync(context, 200, """{"projects":[{"project_id":"p","name":"n"}]}"""),
            ("GET", "/v1/models") => RefuseAsync(context, 200, """
                {"stt":[{"name":"general","canonical_name":"nova-3-general","architecture":"nova-3","languages":["en","de"],"streaming":true}],
                 "tts":[{"name":"thalia","canonical_name":"aura-2-thalia-en","languages":["en"],
                         "metadata":{"accent":"American","age":"Adult","tags":["feminine"],"sample":"https://static.example.com/thalia.wav"}}]}
                """),
            _ => RefuseAsync(context, 404, """{"category":"NOT_FOUND","message":"No such path."}"""),
        };
    }

    private static string? FindFault(IQueryCollection query) =>
        query["utterance_end_ms"].Count > 0 && query["interim_results"] != "true" ? "utterance_end_ms needs interim_results"
        : query["keywords"].Count > 0 && query["model"].ToString().StartsWith("nova-3", StringComparison.Ordinal) ? "Keywords are not supported for this model"
        : query["keyterm"].Count > 0 && !query["model"].ToString().StartsWith("nova-3", StringComparison.Ordinal) ? "Keyterms are only supported for nova-3"
        : null;

    private static string? FindFluxFault(IQueryCollection query) =>
        query["eot_threshold"] is { Count: 1 } threshold && double.Parse(threshold!, CultureInfo.InvariantCulture) is < 0.5 or > 1 ? "eot_threshold"
        : query["language_hint"].Count > 0 && query["model"] != "flux-general-multi" ? "language_hint"
        : null;

    private async Task ListenAsync(HttpContext context, string[] known, string? fault, Func<FakeSocket, Task> serve)
    {
        var query = context.Request.Query;
        fault ??= query.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"unknown parameter {unknown}" : null;
        fault ??= query["model"].Count == 1 && query["encoding"] == "linear16" && query["sample_rate"] == "16000" ? null : "model, encoding, sample_rate";
        if (fault is not null)
        {
            Violate(fault);
            await RefuseAsync(context, 400, "{}", fault);
            return;
        }

        await ServeAsync(context, Listen ?? serve);
    }

    private async Task SpeakAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Record(body.RootElement.GetRawText());
        var text = body.RootElement.GetProperty("text").GetString()!;
        var query = context.Request.Query;
        if (text.Length > 2000)
        {
            await RefuseAsync(context, 413, """{"err_code":"INPUT_TOO_LONG","err_msg":"Too long."}""");
        }
        else if (query["encoding"] != "linear16" || query["container"] != "none" || text.Length == 0)
        {
            Violate("speak");
            await RefuseAsync(context, 400, """{"err_code":"BAD_REQUEST","err_msg":"encoding, container, text"}""");
        }
        else if (Speak is { } speak)
        {
            await speak(context, text);
        }
        else
        {
            var audio = FakeSpeech.Pcm(text, int.Parse(query["sample_rate"]!, CultureInfo.InvariantCulture));
            context.Response.ContentType = "audio/l16";
            // Pieces that split samples.
            for (var start = 0; start < audio.Length; start += 1023)
            {
                await context.Response.Body.WriteAsync(audio.AsMemory(start, Math.Min(1023, audio.Length - start)), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }
}

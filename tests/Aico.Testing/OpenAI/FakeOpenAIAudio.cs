using System.Text.Json.Nodes;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.OpenAI;

/// <summary>OpenAI's models, transcriptions and speech, from its specification; Groq's under /openai, and servers that have voices to list.</summary>
internal sealed class FakeOpenAIAudio : FakeVendor
{
    public const string Key = "sk-secret-key";

    public const string Verbose = """
        {"task":"transcribe","language":"english","duration":1.1,"text":"Ten of clubs.",
         "segments":[{"id":0,"seek":0,"start":0.1,"end":1.0,"text":" Ten of clubs.","tokens":[1],"temperature":0.0,"avg_logprob":-0.2,"compression_ratio":0.9,"no_speech_prob":0.01}],
         "words":[{"word":"Ten","start":0.1,"end":0.3},{"word":"of","start":0.3,"end":0.5},{"word":"clubs","start":0.5,"end":1.0}],
         "usage":{"type":"duration","seconds":2}}
        """;

    private static readonly string[] FormFields =
    [
        "model", "language", "prompt", "response_format", "temperature", "timestamp_granularities[]", "include[]", "stream", "chunking_strategy",
        "languages[]", "keywords[]",
    ];

    private static readonly string[] SpeechFields = ["model", "input", "voice", "response_format", "speed", "instructions", "stream_format"];

    /// <summary>What it lists.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["gpt-6-luna", "whisper-1", "gpt-4o-mini-transcribe", "gpt-transcribe", "gpt-live-transcribe", "tts-1", "gpt-4o-mini-tts"];

    /// <summary>The list of voices, which servers of one's own have and OpenAI has not.</summary>
    public string? Voices { get; set; }

    /// <summary>Takes the place of the answer to an utterance.</summary>
    public Func<HttpContext, Task>? Transcribe { get; set; }

    /// <summary>Takes the place of the body of speech.</summary>
    public Func<HttpContext, string, Task>? Speak { get; set; }

    protected override Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer " + Key)
        {
            return FailAsync(context, 401, $"Incorrect API key provided: {context.Request.Headers.Authorization}.", "invalid_api_key");
        }

        var path = context.Request.Path.Value!;
        return (context.Request.Method, path.StartsWith("/openai/", StringComparison.Ordinal) ? path["/openai".Length..] : path) switch
        {
            ("GET", "/v1/models") => RefuseAsync(
                context, 200, $$"""{"object":"list","data":[{{string.Join(',', Models.Select(model => $$"""{"id":"{{model}}","object":"model","created":1,"owned_by":"o"}"""))}}]}"""),
            ("POST", "/v1/audio/transcriptions") => HearAsync(context),
            ("POST", "/v1/audio/speech") => SayAsync(context),
            ("GET", "/v1/audio/voices") when Voices is { } voices => RefuseAsync(context, 200, voices),
            _ => FailAsync(context, 404, $"Invalid URL ({context.Request.Method} {path})", "unknown_url"),
        };
    }

    private static Task FailAsync(HttpContext context, int status, string message, string code) => RefuseAsync(
        context, status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code } }.ToJsonString());

    private async Task HearAsync(HttpContext context)
    {
        var utterance = await FakeUtterance.ReadAsync(context, this);
        if (Transcribe is { } transcribe)
        {
            await transcribe(context);
            return;
        }

        var isGpt = utterance?.Find("model")?.StartsWith("gpt-", StringComparison.Ordinal) == true;
        var isVerbose = utterance?.Find("response_format") == "verbose_json";
        if (utterance is null or { FileName: "" })
        {
            await FailAsync(context, 400, "file is required", "missing_required_parameter");
        }
        else if (!Models.Contains(utterance.Find("model") ?? ""))
        {
            await FailAsync(context, 404, $"The model `{utterance.Find("model")}` does not exist or you do not have access to it.", "model_not_found");
        }
        else if (FaultOf(utterance, isGpt, isVerbose) is { } fault)
        {
            Violate(fault);
            await FailAsync(context, 400, fault, "invalid_value");
        }
        else if (utterance.Seconds < 0.1)
        {
            await FailAsync(context, 400, "Audio file is too short. Minimum audio length is 0.1 seconds.", "audio_too_short");
        }
        else if (!utterance.IsLoud)
        {
            await RefuseAsync(context, 200, isVerbose ? """{"task":"transcribe","language":"english","duration":1.0,"text":"","segments":[],"words":[]}""" : """{"text":""}""");
        }
        else
        {
            await RefuseAsync(context, 200, isVerbose ? Verbose : """
                {"text":"Ten of clubs.","usage":{"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":0,"audio_tokens":14},"output_tokens":6,"total_tokens":20}}
                """);
        }
    }

    private static string? FaultOf(FakeUtterance utterance, bool isGpt, bool isVerbose) =>
        utterance.Fields.FirstOrDefault(field => !FormFields.Contains(field.Name)).Name is { } unknown ? $"unknown field {unknown}"
        : !utterance.FileName.EndsWith(".wav", StringComparison.Ordinal) || !utterance.IsWav ? "Invalid file format."
        : isGpt && utterance.Find("response_format") is not (null or "json") ? "response_format is not compatible with the model"
        : utterance.Find("timestamp_granularities[]") is not null && !isVerbose ? "timestamp_granularities need verbose_json"
        : utterance.Find("keywords[]") is not null && utterance.Find("model") != "gpt-transcribe" ? "keywords are not for this model"
        : utterance.Find("language") is { } language && !(language.Length == 2 && language.All(char.IsAsciiLetterLower)) ? "language is no ISO-639-1 code"
        : utterance.Find("temperature") is { } heat && !(double.TryParse(heat, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1) ? "temperature"
        : null;

    private async Task SayAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType() || await JsonNode.ParseAsync(context.Request.Body) is not JsonObject body)
        {
            Violate("speech is asked for with a JSON object");
            await FailAsync(context, 400, "We could not parse the JSON body of your request.", "invalid_json");
            return;
        }

        Record(body.ToJsonString());
        var (model, input) = (body["model"]?.GetValue<string>() ?? "", body["input"]?.GetValue<string>() ?? "");
        if (!Models.Contains(model))
        {
            await FailAsync(context, 404, $"The model `{model}` does not exist or you do not have access to it.", "model_not_found");
        }
        else if (FaultOf(body, model, input) is { } fault)
        {
            Violate(fault);
            await FailAsync(context, 400, fault, "invalid_value");
        }
        else if (Speak is { } speak)
        {
            await speak(context, input);
        }
        else
        {
            var isWav = body["response_format"]?.GetValue<string>() == "wav";
            context.Response.ContentType = isWav ? "audio/wav" : "audio/pcm";
            await context.Response.Body.WriteAsync(isWav ? FakeSpeech.Wav(input, 24_000) : FakeSpeech.Pcm(input, 24_000));
        }
    }

    private static string? FaultOf(JsonObject body, string model, string input) =>
        body.FirstOrDefault(field => !SpeechFields.Contains(field.Key)).Key is { } unknown ? $"unknown field {unknown}"
        : input.Length is 0 or > 4096 ? "input must have 1 to 4096 characters"
        : body["voice"] is null or JsonObject { Count: not 1 } ? "voice is required"
        : body["response_format"]?.GetValue<string>() is not ("pcm" or "wav") ? "this server speaks pcm and wav only"
        : body["speed"]?.GetValue<double>() is < 0.25 or > 4 ? "speed"
        : body["instructions"] is not null && model.StartsWith("tts-1", StringComparison.Ordinal) ? "instructions are not for this model"
        : null;
}

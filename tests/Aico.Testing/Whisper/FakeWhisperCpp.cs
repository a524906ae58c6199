using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Whisper;

/// <summary>
/// whisper.cpp's server as a build of August 2026 answers: every 400 says "Invalid request", and every other refusal but 500 becomes a 404 in
/// plain text, the 503 of a model that is being loaded with them.
/// </summary>
internal sealed class FakeWhisperCpp : FakeVendor
{
    public const string Verbose = """
        {"task":"transcribe","language":"english","duration":1.0953749418258667,"text":" Ten of clubs.\n","segments":[{"id":0,"text":" Ten of clubs.","start":0.0,"end":1.09,
         "tokens":[4649,295,21623,13],"words":[{"word":" Ten","start":0.1,"end":0.3,"t_dtw":-1,"probability":0.9},{"word":" of","start":0.3,"end":0.5,"t_dtw":-1,"probability":0.9},
         {"word":" cl","start":0.5,"end":0.7,"t_dtw":-1,"probability":0.9},{"word":"ubs","start":0.7,"end":1.0,"t_dtw":-1,"probability":0.9},{"word":".","start":1.0,"end":1.0,"t_dtw":-1,"probability":0.5}],
         "temperature":0.0,"avg_logprob":-0.3,"no_speech_prob":0.02}]}
        """;

    public string InferencePath { get; init; } = "/inference";

    /// <summary>False: a proxy before it took its name away.</summary>
    public bool NamesItself { get; init; } = true;

    public bool IsLoading { get; set; }

    /// <summary>Takes the place of an answer in the verbose format.</summary>
    public string Answer { get; set; } = Verbose;

    protected override Task AnswerAsync(HttpContext context)
    {
        if (NamesItself)
        {
            context.Response.Headers.Server = "whisper.cpp";
        }

        var path = context.Request.Path.Value!;
        return context.Request.Method switch
        {
            "GET" when path == "/health" && !IsLoading => RefuseAsync(context, 200, """{"status":"ok"}"""),
            "OPTIONS" when path == InferencePath => Task.CompletedTask,
            "POST" when path == InferencePath => HearAsync(context),
            _ => PlainAsync(context, 404, $"File Not Found ({path})"),
        };
    }

    private static Task PlainAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text);
    }

    private async Task HearAsync(HttpContext context)
    {
        if (await FakeUtterance.ReadAsync(context, this) is not { IsWav: true } utterance)
        {
            await PlainAsync(context, 400, "Invalid request");
            return;
        }

        if (utterance.Find("response_format") != "verbose_json")
        {
            await RefuseAsync(context, 200, utterance.IsLoud ? """{"text":" Ten of clubs.\n"}""" : """{"text":" [BLANK_AUDIO]\n"}""");
            return;
        }

        await RefuseAsync(context, 200, utterance.IsLoud ? Answer : """{"task":"transcribe","language":"english","duration":1.0,"text":"","segments":[]}""");
    }
}

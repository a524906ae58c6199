using System.Text.Json;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.Piper;

/// <summary>Piper's HTTP servers: piper1-gpl from 1.5 (3), before it (2), and rhasspy's (1).</summary>
internal sealed class FakePiper(int generation) : FakeVendor
{
    public const string Voice = "en_US-lessac-medium";

    public int SampleRate { get; set; } = 22_050;

    /// <summary>Takes the place of the answer to a text.</summary>
    public Func<HttpContext, string, Task>? Speak { get; set; }

    protected override Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value, generation) switch
    {
        ("GET", "/info", 3) => RefuseAsync(context, 200, """{"voice":{"name":"en_US-lessac-medium","language":"en_US","num_speakers":1},"last":null}"""),
        // The servers cut letters of ".onnx.json" off the end of a name: this one is de_DE-thorsten-minion.
        ("GET", "/voices", 2 or 3) => RefuseAsync(
            context, 200, """{"en_US-lessac-medium":{"audio":{"sample_rate":22050},"num_speakers":1},"de_DE-thorsten-mini":{"audio":{"sample_rate":22050}}}"""),
        ("POST", "/synthesize", 3) or ("POST", "/", 2) => SpeakJsonAsync(context),
        ("POST", "/", 1) => SpeakPlainAsync(context),
        (_, "/", _) => RefuseAsync(context, 405, "<html>Method Not Allowed</html>"),
        _ => RefuseAsync(context, 404, "<html>Not Found</html>"),
    };

    private async Task SpeakJsonAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            Violate("Flask takes the body of a form away");
            await RefuseAsync(context, 500, "<html>Internal Server Error</html>");
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Record(body.RootElement.GetRawText());
        // An unknown voice is spoken by the server's own, without a word.
        if (body.RootElement.TryGetProperty("voice", out var voice) && voice.GetString() is not (Voice or "de_DE-thorsten-mini"))
        {
            Violate("an unknown voice");
        }

        await SayAsync(context, body.RootElement.GetProperty("text").GetString()!);
    }

    private async Task SpeakPlainAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        Record(text);
        await SayAsync(context, text);
    }

    private Task SayAsync(HttpContext context, string text)
    {
        if (Speak is { } speak)
        {
            return speak(context, text);
        }

        if (!text.Any(char.IsLetterOrDigit))
        {
            return RefuseAsync(context, 500, "<html>Internal Server Error</html>");
        }

        // As Flask says where nobody told it the type.
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.Body.WriteAsync(FakeSpeech.Wav(text, SampleRate)).AsTask();
    }
}

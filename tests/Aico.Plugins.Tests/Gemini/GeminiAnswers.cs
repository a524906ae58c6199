using Aico.Testing.Http;

namespace Aico.Plugins.Tests.Gemini;

/// <summary>Answers in Gemini's shape: CRLF, and no last word.</summary>
internal static class GeminiAnswers
{
    public static LocalResponse Answer { get; } = Events(
        """{"responseId":"r","modelVersion":"m","candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"index":0}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":1,"totalTokenCount":13}}""",
        """{"candidates":[{"content":{"role":"model","parts":[{"text":" there."}]},"finishReason":"STOP","safetyRatings":[]}],"usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":3,"totalTokenCount":15}}""");

    public static LocalResponse Call { get; } = Events(
        """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"get_weather","args":{"city":"Rome"}},"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}]}""");

    public static LocalResponse Word { get; } = Events(
        """{"candidates":[{"content":{"parts":[{"text":"Yes."}]}}]}""", """{"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"STOP"}]}""");

    public static LocalResponse Events(params string[] data) => new() { ContentType = "text/event-stream", Pieces = [.. data.Select(item => $"data: {item}\r\n\r\n")] };
}

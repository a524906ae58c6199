namespace Aico.Testing.Http;

/// <summary>What a local server answers.</summary>
public sealed record LocalResponse
{
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body; each piece is sent by itself.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    public LocalResponseEnd End { get; init; }

    public static LocalResponse Text(int status, string body, string contentType = "application/json") =>
        new() { Status = status, Pieces = [body], ContentType = contentType };

    /// <summary>A stream of server-sent events with the given data.</summary>
    public static LocalResponse Events(params IEnumerable<string> data) =>
        new() { ContentType = "text/event-stream", Pieces = [.. data.Select(item => $"data: {item}\n\n")] };
}

namespace Aico.Host.Api;

/// <summary>A query parameter, as the OpenAPI document shows it.</summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="Description">For people.</param>
/// <param name="Schema">The text of a JSON Schema.</param>
internal sealed record ApiParameter(string Name, string Description, string Schema = """{"type":"string"}""")
{
    public static ApiParameter Kind { get; } = new("type", "Only providers of this kind.", """{"enum":["stt","tts","llm","vad"]}""");

    public static ApiParameter Limit { get; } = new("limit", "Most that one answer has.", """{"type":"integer","minimum":1,"maximum":200,"default":50}""");

    public static ApiParameter After { get; } = new("after", "Goes on where an answer ended: its \"next\".");
}

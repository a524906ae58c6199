using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.Cli;

/// <summary>How commands print JSON: camelCase, nothing left out, so that a field that may be null is there as null.</summary>
internal static class CliJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Printed to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The option that every command has.</summary>
    public static System.CommandLine.Option<bool> Option() => new("--json") { Description = "Print JSON, as docs/cli.md describes it." };

    /// <summary>A name as JSON has it, such as "quotaExceeded".</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static void Write(TextWriter output, object value) => output.WriteLine(JsonSerializer.Serialize(value, _options));
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Aico.Plugins.Scripted;

internal sealed class ScriptPatternConverter : JsonConverter<Regex>
{
    /// <summary>A pattern that searches longer than this in one caller's words is a mistake.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    public override Regex Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A pattern is a string.");
        }

        try
        {
            return new Regex(reader.GetString()!, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout);
        }
        catch (ArgumentException error)
        {
            throw new JsonException($"The pattern is no regular expression: {error.Message}", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, Regex value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Scripts are only read.");
}

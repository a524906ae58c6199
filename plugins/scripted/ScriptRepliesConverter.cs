using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Plugins.Scripted;

internal sealed class ScriptRepliesConverter : JsonConverter<ScriptReplies>
{
    private const string Expected = "A reply is a string or a list of strings that is not empty.";

    public override ScriptReplies Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ScriptReplies([reader.GetString()!]);
        }

        var texts = new List<string>();
        while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(reader.GetString()!);
        }

        return reader.TokenType == JsonTokenType.EndArray && texts.Count > 0 ? new ScriptReplies(texts) : throw new JsonException(Expected);
    }

    public override void Write(Utf8JsonWriter writer, ScriptReplies value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Scripts are only read.");
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>Reads an enum of protobuf's JSON as the name, or the digits, that the server wrote.</summary>
internal sealed class ProtoEnumNameConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : reader.GetString() ?? "";

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>Reads an enum of protobuf's JSON: SCREAMING_SNAKE name or number. A value of a newer server is the first one, not an error.</summary>
internal sealed class ProtoEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.Number
            ? reader.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture)
            : reader.GetString()?.Replace("_", "", StringComparison.Ordinal);
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
}

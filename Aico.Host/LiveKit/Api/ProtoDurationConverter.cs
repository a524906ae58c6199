using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>A duration of protobuf's JSON: "30s", "1.500s".</summary>
internal sealed class ProtoDurationConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 1 } text && text[^1] == 's'
            && decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw new JsonException("No duration.");

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } duration)
        {
            writer.WriteStringValue(((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0.#######", CultureInfo.InvariantCulture) + "s");
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

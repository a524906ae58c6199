using System.Buffers;
using System.Text.Json;

namespace Aico.Host.LiveKit.Api;

/// <summary>
/// Protobuf's JSON allows a field under two names, "room_name" and "roomName": the server writes the first in its API and the second in
/// webhooks. This makes them one. The keys of maps are values and stay.
/// </summary>
internal static class ProtoJson
{
    private static readonly HashSet<string> Maps = ["attributes", "participantAttributes", "headers", "tags", "meta"];

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] WithCamelCaseNames(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            // Depth of the outermost map that we are in; inside, names are left alone.
            int? map = null;
            var isMapNext = false;
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        var name = reader.GetString()!;
                        name = map is null ? CamelCase(name) : name;
                        isMapNext = map is null && Maps.Contains(name);
                        writer.WritePropertyName(name);
                        continue;
                    case JsonTokenType.StartObject:
                        map = isMapNext ? reader.CurrentDepth : map;
                        writer.WriteStartObject();
                        break;
                    case JsonTokenType.EndObject:
                        map = map == reader.CurrentDepth ? null : map;
                        writer.WriteEndObject();
                        break;
                    case JsonTokenType.StartArray:
                        writer.WriteStartArray();
                        break;
                    case JsonTokenType.EndArray:
                        writer.WriteEndArray();
                        break;
                    case JsonTokenType.String:
                        writer.WriteStringValue(reader.GetString());
                        break;
                    default:
                        writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                        break;
                }

                isMapNext = false;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string CamelCase(string name)
    {
        if (!name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var parts = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? name : parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}

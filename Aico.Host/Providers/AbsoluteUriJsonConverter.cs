using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aico.Host.Providers;

/// <summary>Reads URLs that name a server. Paths are refused: on Unix "/x" would read as a file's URI.</summary>
internal sealed class AbsoluteUriJsonConverter : JsonConverter<Uri>
{
    public override Uri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            && Uri.TryCreate(reader.GetString(), UriKind.Absolute, out var uri)
            && !uri.IsFile
            && uri.Host.Length > 0
            ? uri
            : throw new JsonException("Not an absolute URL.");

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.OriginalString);
}

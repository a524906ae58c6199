using System.Text;
using System.Text.Json;

namespace Aico.Host.Storage.Sqlite.Changes;

/// <summary>Writes what the audit log keeps of a thing before and after a change.</summary>
internal static class AuditText
{
    // The log is read by people: a name with an umlaut stays readable. It goes into no page as it is.
    private static readonly JsonWriterOptions _options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, _options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static string OfName(string name) => Of(writer => writer.WriteString("name", name));

    /// <exception cref="ArgumentException">The text is no JSON.</exception>
    public static void WriteJson(Utf8JsonWriter writer, string name, string json)
    {
        writer.WritePropertyName(name);
        try
        {
            writer.WriteRawValue(json);
        }
        catch (JsonException)
        {
            // The reader's own message quotes the text.
            throw new ArgumentException($"\"{name}\" is no JSON.", nameof(json));
        }
    }

    public static void WriteMoment(Utf8JsonWriter writer, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
        {
            writer.WriteString(name, known.UtcDateTime);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}

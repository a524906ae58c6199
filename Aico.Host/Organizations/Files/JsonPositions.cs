using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aico.Host.Organizations.Files;

/// <summary>Where in a text each JSON pointer stands: of a member its name, of an element its value. Finds what is no JSON on the way.</summary>
internal sealed partial class JsonPositions
{
    public const int Deepest = 64;

    private readonly byte[] _text;
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private readonly List<OrganizationFileError> _errors = [];

    private JsonPositions(byte[] text) => _text = text;

    /// <summary>What is wrong with the text as JSON; empty: it can be parsed.</summary>
    public IReadOnlyList<OrganizationFileError> Errors => _errors;

    /// <param name="text">UTF-8 without a byte order mark; comments and commas at the end are allowed.</param>
    public static JsonPositions Read(byte[] text)
    {
        var positions = new JsonPositions(text);
        if (positions.FirstBadByte() is { } bad)
        {
            positions._errors.Add(positions.Error("", bad, "The file is not UTF-8 from here on."));
        }
        else
        {
            positions.Scan();
        }

        return positions;
    }

    public OrganizationFileError Error(string pointer, string message)
    {
        var known = pointer;
        while (!_offsets.ContainsKey(known) && known.Length > 0)
        {
            known = known[..Math.Max(0, known.LastIndexOf('/'))];
        }

        return Error(pointer, _offsets.GetValueOrDefault(known), message);
    }

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private OrganizationFileError Error(string pointer, long offset, string message)
    {
        var before = _text.AsSpan(0, (int)Math.Min(offset, _text.Length));
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new OrganizationFileError(pointer, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1, message);
    }

    private void Scan()
    {
        var reader = new Utf8JsonReader(_text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest });
        var containers = new Stack<Container>();
        var pointer = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        pointer = $"{containers.Peek().Pointer}/{Escape(reader.GetString()!)}";
                        if (!_offsets.TryAdd(pointer, reader.TokenStartIndex))
                        {
                            _errors.Add(Error(pointer, reader.TokenStartIndex, "This name stands here twice."));
                        }

                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        containers.Pop();
                        continue;
                    case JsonTokenType.String:
                        // Finds escapes that are no text; what it says is not needed.
                        _ = reader.GetString();
                        break;
                }

                if (!containers.TryPeek(out var parent))
                {
                    _offsets[""] = reader.TokenStartIndex;
                }
                else if (parent.IsArray)
                {
                    pointer = $"{parent.Pointer}/{parent.Count++}";
                    _offsets[pointer] = reader.TokenStartIndex;
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    containers.Push(new Container(pointer, reader.TokenType == JsonTokenType.StartArray));
                }
            }
        }
        catch (JsonException e)
        {
            _errors.Add(Error("", OffsetOf(e.LineNumber ?? 0, e.BytePositionInLine ?? 0), Reason(e)));
        }
        catch (InvalidOperationException)
        {
            _errors.Add(Error(pointer, reader.TokenStartIndex, "This text holds an escape that stands for no character."));
        }
    }

    private long OffsetOf(long line, long bytes)
    {
        var start = 0;
        for (; line > 0 && Array.IndexOf(_text, (byte)'\n', start) is var end and >= 0; line--)
        {
            start = end + 1;
        }

        return start + bytes;
    }

    private long? FirstBadByte()
    {
        if (System.Text.Unicode.Utf8.IsValid(_text))
        {
            return null;
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(_text.AsSpan(at), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    // The position is said in our own way. A word that should have stood in quotes may be a secret.
    private static string Reason(JsonException e) =>
        $"This is no JSON: {Quoted().Replace(e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].Trim(), "What stands here is")}";

    [GeneratedRegex("^'[^']{2,}' is")]
    private static partial Regex Quoted();

    private sealed class Container(string pointer, bool isArray)
    {
        public string Pointer => pointer;

        public bool IsArray => isArray;

        public int Count { get; set; }
    }
}

using System.Buffers;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>A stream of which the end has not come.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A stream over memory holds nothing to give back.")]
internal sealed class IncomingStream(string identity, string topic, string mimeType, string name, Dictionary<string, string> attributes, int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _content = new();

    public string Identity => identity;

    public string Topic => topic;

    public string MimeType => mimeType;

    public string Name => name;

    public Dictionary<string, string> Attributes => attributes;

    public int MaxBytes => maxBytes;

    public ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    /// <summary>False where it would grow beyond its limit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> chunk)
    {
        if (_content.WrittenCount + chunk.Length > maxBytes)
        {
            return false;
        }

        _content.Write(chunk);
        return true;
    }
}

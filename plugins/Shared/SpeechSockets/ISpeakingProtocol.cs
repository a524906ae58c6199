using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// What a vendor's streaming text-to-speech says and hears, on a socket that carries many contexts. What it writes belongs to one
/// session; <see cref="Read"/> and <see cref="Closed"/> keep nothing and serve the connection for as long as it lives.
/// </summary>
internal interface ISpeakingProtocol
{
    /// <summary>Of all audio that comes.</summary>
    AudioFormat Format { get; }

    /// <summary>The messages that have a text spoken; the first text of a context also begins it.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Speak(string context, string text, bool isFirst);

    /// <summary>The message that has everything sent so far spoken now; empty where each text is anyway.</summary>
    ReadOnlyMemory<byte> Flush(string context) => default;

    /// <summary>The messages after the last text.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Complete(string context);

    /// <summary>The message that gives a context up.</summary>
    ReadOnlyMemory<byte> Cancel(string context);

    /// <summary>Reads a message; null for one that means nothing here.</summary>
    SpokenMessage? Read(JsonElement message);

    /// <summary>The error of a close that nobody asked for.</summary>
    ProviderException Closed(int? status, string? description);
}

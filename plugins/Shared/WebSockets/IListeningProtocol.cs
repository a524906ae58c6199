using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>What a vendor's streaming speech-to-text says and hears. Used by one session; its members are not called at once.</summary>
internal interface IListeningProtocol
{
    /// <summary>Audio in one message: frames of any size are joined to it.</summary>
    TimeSpan MessageLength { get; }

    /// <summary>Messages of audio that may wait for a reply; null where audio has no replies.</summary>
    int? MessagesInFlight => null;

    /// <summary>Sent before the first audio; empty where there is nothing to say.</summary>
    ReadOnlyMemory<byte> Opening => default;

    /// <summary>Sent after <see cref="KeepAliveAfter"/> without audio.</summary>
    ReadOnlyMemory<byte> KeepAlive => default;

    TimeSpan KeepAliveAfter => Timeout.InfiniteTimeSpan;

    /// <summary>Sent after the last audio.</summary>
    ReadOnlyMemory<byte> Completion { get; }

    /// <summary>Told before a message of audio goes out: where its end stands in all that was sent.</summary>
    void Sending(TimeSpan until)
    {
    }

    /// <summary>Says what a flush sends, and may give what it knows already.</summary>
    ReadOnlyMemory<byte> Flush(AudioClock clock, ICollection<TranscriptEvent> events);

    /// <summary>Reads a message. Unknown messages and unknown fields are ignored.</summary>
    /// <exception cref="ProviderException">The message reports a fault or makes no sense.</exception>
    void Take(JsonElement message, AudioClock clock, ICollection<TranscriptEvent> events);

    /// <summary>The server has closed after the last audio: gives what was left open.</summary>
    void End(AudioClock clock, ICollection<TranscriptEvent> events)
    {
    }

    /// <summary>The error of a close that nobody asked for.</summary>
    ProviderException Closed(int? status, string? description);
}

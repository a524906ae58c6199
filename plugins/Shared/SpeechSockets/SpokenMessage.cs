using Aico.Abstractions;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>A message of a vendor about a context.</summary>
/// <param name="Context">The context; null where the message names none, and then it is the one that speaks now.</param>
internal sealed record SpokenMessage(string? Context)
{
    /// <summary>Bytes of 16 bit samples, which may split one.</summary>
    public ReadOnlyMemory<byte> Audio { get; init; }

    /// <summary>Words that are new, in their order.</summary>
    public IReadOnlyList<SpokenWord> Words { get; init; } = [];

    /// <summary>True where the times of <see cref="Words"/> count from this message's audio, false from the context's first.</summary>
    public bool CountsFromMessage { get; init; }

    /// <summary>True where the vendor says nothing more of the context.</summary>
    public bool IsLast { get; init; }

    public ProviderException? Fault { get; init; }
}

namespace Aico.Plugins.Tests.Faults;

/// <summary>What the matrix must know of a vendor of speech.</summary>
internal sealed record SpeechTraits
{
    /// <summary>True where results come over a socket.</summary>
    public bool IsSocket { get; init; }

    /// <summary>Tells a message with words, or with audio, from others.</summary>
    public Func<string, bool> IsResult { get; init; } = _ => true;

    /// <summary>How much of an answer over HTTP goes through before it breaks in the middle.</summary>
    public int Middle { get; init; } = 8000;

    /// <summary>The body of a refusal, of a used-up quota where asked.</summary>
    public required Func<Fault, string> Refusal { get; init; }

    /// <summary>The header that tells what a refused upgrade, whose body nobody can read, would have said.</summary>
    public string? ErrorHeader { get; init; }

    /// <summary>What tells of an error where a result was expected; null where the vendor has no such thing.</summary>
    public string? Error { get; init; }

    /// <summary>What the vendor says to a close.</summary>
    public IReadOnlyDictionary<int, string> CloseReasons { get; init; } = new Dictionary<int, string>();

    /// <summary>True where audio over HTTP can say its rate.</summary>
    public bool TellsRate { get; init; }
}

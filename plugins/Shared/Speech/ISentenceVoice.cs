using Aico.Abstractions.Audio;

namespace Aico.Plugins.Shared.Speech;

/// <summary>An engine that speaks one piece of text at a time. One session uses it, one piece after the other.</summary>
internal interface ISentenceVoice
{
    AudioFormat Format { get; }

    /// <summary>
    /// Speaks a piece: a sentence, a clause or a part of one. A piece without anything that can be spoken gives nothing. Ends
    /// promptly on cancellation, and leaves nothing running.
    /// </summary>
    IAsyncEnumerable<SpokenAudio> SpeakAsync(string piece, CancellationToken ct);
}

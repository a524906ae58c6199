using Aico.Abstractions.Audio;

namespace Aico.Abstractions.SpeechToText;

/// <summary>
/// Speech-to-text that reads one utterance at a time; the host cuts utterances by voice activity. One instance serves many calls
/// at once and is safe for concurrent use.
/// </summary>
public interface IBatchSpeechToText
{
    /// <summary>
    /// True when there is headroom now to decode a growing utterance for interim results. The host asks before each; a provider
    /// that charges by request leaves it false.
    /// </summary>
    bool HasInterimHeadroom => false;

    /// <summary>Reads an utterance. Silence and noise give an empty text, which is no error.</summary>
    /// <param name="utterance">Speech in the request's format with a little silence around it; may be empty.</param>
    /// <param name="request">What to listen for, and for whom.</param>
    /// <param name="ct">Gives the work up within 100 ms.</param>
    /// <exception cref="ProviderException">The provider failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct);
}

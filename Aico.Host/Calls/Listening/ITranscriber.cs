using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Turns the caller's audio into <see cref="CallSignal.Words"/>: through a streaming provider, or through a batch provider that reads
/// what voice activity cuts out. Called from the listener's loop only, but for <see cref="Settle"/>.
/// </summary>
internal interface ITranscriber : IAsyncDisposable
{
    ValueTask OpenAsync(CancellationToken ct);

    /// <summary>Takes the next frame, silence included.</summary>
    ValueTask HearAsync(AudioFrame frame, CancellationToken ct);

    void VoiceBegan(TimeSpan start);

    ValueTask VoiceEndedAsync(TimeSpan end, CancellationToken ct);

    /// <summary>True while the words of what was said are on their way.</summary>
    bool IsReading { get; }

    /// <summary>
    /// Forgets the words up to the given time: they have been answered. Returns the words said since, where they are known; where they
    /// have to be read first, a signal follows. Called from the call's loop.
    /// </summary>
    CallSignal.Words? Settle(TimeSpan until);
}

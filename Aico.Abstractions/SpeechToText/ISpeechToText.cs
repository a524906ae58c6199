using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;

namespace Aico.Abstractions.SpeechToText;

/// <summary>Speech-to-text that hears a caller continuously. One instance serves many calls at once and is safe for concurrent use.</summary>
public interface ISpeechToText
{
    /// <summary>
    /// Opens a session for one call. Frames have the request's format and come in real time, usually 20 ms each, silence included;
    /// their offsets, and the times of the events, are on the call's clock.
    /// </summary>
    /// <exception cref="ProviderException">The provider refused or could not be reached.</exception>
    ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct);
}

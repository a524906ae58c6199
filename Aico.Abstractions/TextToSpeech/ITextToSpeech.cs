using Aico.Abstractions.Sessions;

namespace Aico.Abstractions.TextToSpeech;

/// <summary>Text-to-speech. One instance serves many calls at once and is safe for concurrent use.</summary>
public interface ITextToSpeech
{
    /// <summary>
    /// Opens a session for one answer of the agent. Text comes in pieces of any size, also split inside a word, and is flushed
    /// where it should be spoken without waiting for more; speech comes out in order, as early as the provider has it. A session
    /// that gets no text ends without speech and without an error.
    /// </summary>
    /// <exception cref="ProviderException">The provider refused or could not be reached.</exception>
    ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct);

    /// <summary>
    /// Makes ready what opening a session would wait for, such as a connection: the host calls it while the caller still speaks. Does
    /// nothing where it is ready already, sends no text, and costs nothing. May be called at any time and often; most providers need not
    /// implement it.
    /// </summary>
    /// <exception cref="ProviderException">The provider refused or could not be reached; the next answer is spoken by another one, if there is one.</exception>
    ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct) => ValueTask.CompletedTask;
}

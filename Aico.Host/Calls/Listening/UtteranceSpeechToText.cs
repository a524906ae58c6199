using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// A provider of whole utterances that is given all audio, as a fallback for a streaming one: a flush, which the host sends where a voice
/// ends, has what came since the last one read. There are no interim texts.
/// </summary>
internal sealed class UtteranceSpeechToText(IBatchSpeechToText provider) : ISpeechToText
{
    public ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct) =>
        ValueTask.FromResult<IDuplexSession<AudioFrame, TranscriptEvent>>(new UtteranceSession(provider, request));
}

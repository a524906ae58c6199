using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Calls.Listening;

namespace Aico.Host.Calls.Trials;

/// <summary>Speech-to-text that suffers a fault.</summary>
internal static class FaultySpeechToText
{
    public static SpeechToTextProvider Of(SpeechToTextProvider inner, InjectedFault fault, TimeProvider time) =>
        SpeechToTextProvider.Of(inner.IsStreaming ? new Streaming(inner.Streaming, fault, time) : new Batch(inner.Batch, fault, time));

    private sealed class Streaming(ISpeechToText inner, InjectedFault fault, TimeProvider time) : ISpeechToText
    {
        public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
        {
            await fault.MeetRequestAsync(time, ct);
            return new FaultySession<AudioFrame, TranscriptEvent>(await inner.OpenAsync(request, ct), fault, time);
        }
    }

    private sealed class Batch(IBatchSpeechToText inner, InjectedFault fault, TimeProvider time) : IBatchSpeechToText
    {
        public bool HasInterimHeadroom => inner.HasInterimHeadroom;

        public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
        {
            await fault.MeetRequestAsync(time, ct);
            var transcript = await inner.TranscribeAsync(utterance, request, ct);
            await fault.MeetFirstResultAsync(time, ct);

            // Its only result is lost with the connection.
            fault.MeetSecondResult();
            return transcript;
        }
    }
}

using Aico.Host.Calls;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Calls;

/// <summary>Streaming speech-to-text whose events the test sends by hand; it keeps what it was sent.</summary>
internal sealed class ScriptedStreamingSpeechToText : ISpeechToText
{
    public List<Session> Sessions { get; } = [];

    /// <summary>Failures of the next openings, in order.</summary>
    public Queue<ProviderException> OpenFailures { get; } = new();

    public Session Current => Sessions[^1];

    public ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
    {
        if (OpenFailures.TryDequeue(out var failure))
        {
            throw failure;
        }

        var session = new Session();
        Sessions.Add(session);
        return ValueTask.FromResult<IDuplexSession<AudioFrame, TranscriptEvent>>(session);
    }

    internal sealed class Session : IDuplexSession<AudioFrame, TranscriptEvent>
    {
        private readonly Channel<TranscriptEvent> _events = Channel.CreateBounded<TranscriptEvent>(1000);

        public List<AudioFrame> Frames { get; } = [];

        public int Flushes { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Interim(string text, double at) => Send(new InterimTranscript(TimeSpan.FromSeconds(at), text));

        public void Final(string text, double at) => Send(new FinalTranscript(TimeSpan.FromSeconds(at), new Transcript(text)));

        public void Send(TranscriptEvent transcriptEvent) => _events.Writer.TryWrite(transcriptEvent).Should().BeTrue();

        public void Fail(ProviderException error) => _events.Writer.Complete(error);

        public ValueTask SendAsync(AudioFrame item, CancellationToken ct)
        {
            Frames.Add(item);
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken ct)
        {
            Flushes++;
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public IAsyncEnumerable<TranscriptEvent> ReadAsync(CancellationToken ct) => _events.Reader.EachAsync(ct);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            _events.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}

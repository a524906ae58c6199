using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Calls;

namespace Aico.Testing.Calls;

/// <summary>Streaming speech-to-text whose events the test sends by hand; it keeps what it was sent.</summary>
internal sealed class ScriptedStreamingSpeechToText : ISpeechToText
{
    public List<Session> Sessions { get; } = [];

    /// <summary>Failures of the next openings, in order.</summary>
    public Queue<Exception> OpenFailures { get; } = new();

    /// <summary>Opening waits for this.</summary>
    public Task OpenGate { get; set; } = Task.CompletedTask;

    /// <summary>Thrown by the next frame that is sent.</summary>
    public Exception? SendFailure { get; set; }

    /// <summary>True: sending waits for ever.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Gets the token of each reading.</summary>
    public Action<CancellationToken>? TakesToken { get; set; }

    public Session Current => Sessions[^1];

    public async ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct)
    {
        await OpenGate.WaitAsync(ct);
        if (OpenFailures.TryDequeue(out var failure))
        {
            throw failure;
        }

        var session = new Session(this);
        Sessions.Add(session);
        return session;
    }

    internal sealed class Session(ScriptedStreamingSpeechToText owner) : IDuplexSession<AudioFrame, TranscriptEvent>
    {
        private readonly Channel<TranscriptEvent> _events = Channel.CreateBounded<TranscriptEvent>(1000);

        public List<AudioFrame> Frames { get; } = [];

        public int Flushes { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Interim(string text, double at) => Send(new InterimTranscript(TimeSpan.FromSeconds(at), text));

        public void Final(string text, double at) => Send(new FinalTranscript(TimeSpan.FromSeconds(at), new Transcript(text)));

        public void Send(TranscriptEvent transcriptEvent) => _events.Writer.TryWrite(transcriptEvent).Should().BeTrue();

        public void Fail(Exception error) => _events.Writer.Complete(error);

        public void EndByItself() => _events.Writer.Complete();

        public async ValueTask SendAsync(AudioFrame item, CancellationToken ct)
        {
            if (owner.SendFailure is { } failure)
            {
                owner.SendFailure = null;
                throw failure;
            }

            if (owner.IsStuck)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }

            Frames.Add(item);
        }

        public ValueTask FlushAsync(CancellationToken ct)
        {
            Flushes++;
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public IAsyncEnumerable<TranscriptEvent> ReadAsync(CancellationToken ct)
        {
            owner.TakesToken?.Invoke(ct);
            return _events.Reader.EachAsync(ct);
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            _events.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}

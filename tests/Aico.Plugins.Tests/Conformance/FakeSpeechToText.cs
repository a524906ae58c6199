using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>The least that the contract of streaming speech-to-text asks for: it hears one utterance in everything that is loud.</summary>
internal sealed class FakeSpeechToText(bool isFaulty) : ISpeechToText
{
    public ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct) => new(new Session(isFaulty));

    private sealed class Session(bool isFaulty) : IDuplexSession<AudioFrame, TranscriptEvent>
    {
        private readonly Channel<TranscriptEvent> _events = Channel.CreateBounded<TranscriptEvent>(
            new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.Wait });

        private TimeSpan _end;
        private bool _isLoud;
        private bool _completed;

        public ValueTask SendAsync(AudioFrame item, CancellationToken ct)
        {
            if (_completed)
            {
                throw new InvalidOperationException("The session was completed.");
            }

            _isLoud |= item.Samples.Span.ContainsAnyExceptInRange((short)-1000, (short)1000);
            _end = item.End;
            return ValueTask.CompletedTask;
        }

        public async ValueTask FlushAsync(CancellationToken ct)
        {
            if (isFaulty)
            {
                _events.Writer.TryComplete(new ProviderException(ProviderFailure.Unavailable, "It is out of order."));
            }
            else if (_isLoud && await _events.Writer.WaitToWriteAsync(ct))
            {
                _isLoud = false;
                _events.Writer.TryWrite(new FinalTranscript(_end, new Transcript("ten of clubs")));
            }
        }

        public async ValueTask CompleteAsync(CancellationToken ct)
        {
            _completed = true;
            await FlushAsync(ct);
            _events.Writer.TryComplete();
        }

        public async IAsyncEnumerable<TranscriptEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var item in _events.Reader.ReadAllAsync(ct))
            {
                yield return item;
            }
        }

        public ValueTask DisposeAsync()
        {
            _events.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }
    }
}

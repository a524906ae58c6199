using Aico.Host.Calls;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Testing.Calls;

/// <summary>Text-to-speech whose audio lasts 100 ms a character-free unit: each word takes <see cref="PerWord"/>.</summary>
internal sealed class ScriptedTextToSpeech(TimeProvider time) : ITextToSpeech
{
    public static readonly TimeSpan PerWord = TimeSpan.FromMilliseconds(300);

    public AudioFormat Format { get; set; } = new(24_000, 1);

    public TimeSpan FirstAudioDelay { get; set; }

    /// <summary>Pause of the provider before each sentence after the first.</summary>
    public TimeSpan BetweenSentences { get; set; }

    public bool Aligns { get; set; } = true;

    /// <summary>Failures of the next sessions, in order; null lets that one succeed.</summary>
    public Queue<ProviderException?> Failures { get; } = new();

    /// <summary>How many sentences a failing session speaks before it fails.</summary>
    public int SentencesBeforeFailure { get; set; }

    public List<string> Sentences { get; } = [];

    public int Sessions { get; private set; }

    public int Disposed { get; private set; }

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        Sessions++;
        Failures.TryDequeue(out var failure);
        return ValueTask.FromResult<IDuplexSession<string, SpeechChunk>>(new Session(this, time, failure));
    }

    public static TimeSpan DurationOf(string text) => PerWord * text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private sealed class Session(ScriptedTextToSpeech owner, TimeProvider time, ProviderException? failure) : IDuplexSession<string, SpeechChunk>
    {
        private readonly Channel<string> _sentences = Channel.CreateBounded<string>(100);
        private readonly CancellationTokenSource _disposed = new();
        private string _pending = "";

        public ValueTask SendAsync(string item, CancellationToken ct)
        {
            _pending += item;
            return ValueTask.CompletedTask;
        }

        public async ValueTask FlushAsync(CancellationToken ct)
        {
            if (_pending.Length > 0)
            {
                await _sentences.Writer.WriteAsync(_pending, ct);
                _pending = "";
            }
        }

        public async ValueTask CompleteAsync(CancellationToken ct)
        {
            await FlushAsync(ct);
            _sentences.Writer.TryComplete();
        }

        public async IAsyncEnumerable<SpeechChunk> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _disposed.Token);
            var spoken = 0;
            var offset = TimeSpan.Zero;
            await foreach (var sentence in _sentences.Reader.EachAsync(either.Token))
            {
                if (failure is not null && spoken >= owner.SentencesBeforeFailure)
                {
                    throw failure;
                }

                await Task.Delay(spoken++ == 0 ? owner.FirstAudioDelay : owner.BetweenSentences, time, either.Token);
                owner.Sentences.Add(sentence);
                var samples = new short[owner.Format.SamplesIn(DurationOf(sentence))];
                Array.Fill(samples, (short)1000);
                var frame = new AudioFrame(owner.Format, samples, offset);
                offset += frame.Duration;
                yield return new SpeechChunk(frame, owner.Aligns ? sentence : null);
            }
        }

        public ValueTask DisposeAsync()
        {
            if (!_disposed.IsCancellationRequested)
            {
                owner.Disposed++;
                _disposed.Cancel();
            }

            return ValueTask.CompletedTask;
        }
    }
}

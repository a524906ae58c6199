using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;

namespace Aico.Testing.Calls;

/// <summary>Text-to-speech in which each word takes <see cref="PerWord"/>; keeps what it was sent.</summary>
internal sealed class ScriptedTextToSpeech(TimeProvider time) : ITextToSpeech
{
    public static readonly TimeSpan PerWord = TimeSpan.FromMilliseconds(300);

    public AudioFormat Format { get; set; } = new(24_000, 1);

    public TimeSpan FirstAudioDelay { get; set; }

    /// <summary>Pause of the provider before each sentence after the first.</summary>
    public TimeSpan BetweenSentences { get; set; }

    public bool Aligns { get; set; } = true;

    /// <summary>Failures of the next sessions, in order; null lets that one succeed.</summary>
    public Queue<Exception?> Failures { get; } = new();

    /// <summary>Failures of the next openings, in order.</summary>
    public Queue<Exception> OpenFailures { get; } = new();

    /// <summary>How many sentences a failing session speaks before it fails.</summary>
    public int SentencesBeforeFailure { get; set; }

    /// <summary>Opening takes so long.</summary>
    public TimeSpan OpenDelay { get; set; }

    /// <summary>Set: each sentence comes in two pieces, the second so much later.</summary>
    public TimeSpan? SecondHalfAfter { get; set; }

    /// <summary>Each sentence lasts so much longer than its words, so that it need not fill its last frame.</summary>
    public TimeSpan Extra { get; set; }

    /// <summary>True: a session ends by itself after its first sentence.</summary>
    public bool EndsAfterFirstSentence { get; set; }

    /// <summary>True: text is taken, and no audio comes of it.</summary>
    public bool IsMute { get; set; }

    /// <summary>Thrown by every call on the sending side.</summary>
    public Exception? SendFailure { get; set; }

    /// <summary>Thrown by disposal.</summary>
    public Exception? DisposeFailure { get; set; }

    /// <summary>Gets the token of each reading.</summary>
    public Action<CancellationToken>? TakesToken { get; set; }

    public List<string> Sentences { get; } = [];

    public List<TextToSpeechRequest> Requests { get; } = [];

    public int Sessions { get; private set; }

    public int Disposed { get; private set; }

    /// <summary>What was to be made ready, in order.</summary>
    public List<TextToSpeechRequest> Prepared { get; } = [];

    /// <summary>Failures of the next preparations, in order.</summary>
    public Queue<Exception> PrepareFailures { get; } = new();

    /// <summary>Making ready takes so long.</summary>
    public TimeSpan PrepareDelay { get; set; }

    public async ValueTask PrepareAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        Prepared.Add(request);
        await Task.Delay(PrepareDelay, time, ct);
        if (PrepareFailures.TryDequeue(out var failure))
        {
            throw failure;
        }
    }

    public async ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct)
    {
        Requests.Add(request);
        await Task.Delay(OpenDelay, time, ct);
        if (OpenFailures.TryDequeue(out var refusal))
        {
            throw refusal;
        }

        Sessions++;
        Failures.TryDequeue(out var failure);
        return new Session(this, time, failure);
    }

    public static TimeSpan DurationOf(string text) => PerWord * text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private sealed class Session(ScriptedTextToSpeech owner, TimeProvider time, Exception? failure) : IDuplexSession<string, SpeechChunk>
    {
        private readonly Channel<string> _sentences = Channel.CreateBounded<string>(100);
        private readonly CancellationTokenSource _disposed = new();
        private string _pending = "";

        public ValueTask SendAsync(string item, CancellationToken ct)
        {
            if (owner.SendFailure is { } failure)
            {
                throw failure;
            }

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
            owner.TakesToken?.Invoke(ct);
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
                if (owner.IsMute)
                {
                    continue;
                }

                var samples = new short[owner.Format.SamplesIn(DurationOf(sentence) + owner.Extra)];
                Array.Fill(samples, (short)1000);
                var half = owner.SecondHalfAfter is null ? samples.Length : samples.Length / 2;
                var frame = new AudioFrame(owner.Format, samples.AsMemory(0, half), offset);
                yield return new SpeechChunk(frame, owner.Aligns ? sentence : null);
                if (owner.SecondHalfAfter is { } later)
                {
                    await Task.Delay(later, time, either.Token);
                    frame = new AudioFrame(owner.Format, samples.AsMemory(half), frame.End);
                    yield return new SpeechChunk(frame, owner.Aligns ? "" : null);
                }

                offset = frame.End;
                if (owner.EndsAfterFirstSentence)
                {
                    yield break;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            if (!_disposed.IsCancellationRequested)
            {
                owner.Disposed++;
                _disposed.Cancel();
                if (owner.DisposeFailure is { } broken)
                {
                    throw broken;
                }
            }

            return ValueTask.CompletedTask;
        }
    }
}

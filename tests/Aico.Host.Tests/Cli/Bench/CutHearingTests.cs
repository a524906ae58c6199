using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Tests.Cli.Bench;

public class CutHearingTests
{
    private static readonly SpeechToTextRequest Request = new(AudioFormat.Speech, CallIdentity.None);

    private static readonly AudioFrame Speech = CutHearing.Long([new BenchClip("", "", new short[1000])]);

    [Test]
    public void Repeats_the_clips_for_25_seconds()
    {
        var speech = CutHearing.Long([new BenchClip("", "", new short[] { 1, 2 }), new BenchClip("", "", new short[] { 3 })]);

        speech.Duration.Should().Be(TimeSpan.FromSeconds(25));
        speech.Samples[..7].ToArray().Should().Equal(1, 2, 3, 1, 2, 3, 1);
    }

    [Test]
    public async Task Cuts_a_reading_off_that_is_under_way() => (await CutHearing.MeasureAsync(new Endless(), Speech, Request, default)).Should().BePositive();

    [Test]
    public async Task Has_no_time_for_a_reading_that_was_over_before() => (await CutHearing.MeasureAsync(new Instant(), Speech, Request, default)).Should().BeNull();

    [Test]
    public async Task Cuts_a_session_off_that_gave_a_result_and_has_more_to_hear()
    {
        var hearing = new OneEvent();

        (await CutHearing.MeasureAsync(hearing, Speech, Request, default)).Should().BePositive();

        hearing.SamplesAfterEvent.Should().BePositive();
    }

    private sealed class Endless : IBatchSpeechToText
    {
        public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return new Transcript("");
        }
    }

    private sealed class Instant : IBatchSpeechToText
    {
        public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) => new(new Transcript(""));
    }

    /// <summary>Gives one result on the first flush; its reading then lasts until it is disposed of.</summary>
    private sealed class OneEvent : ISpeechToText, IDuplexSession<AudioFrame, TranscriptEvent>
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int SamplesAfterEvent { get; private set; }

        public ValueTask<IDuplexSession<AudioFrame, TranscriptEvent>> OpenAsync(SpeechToTextRequest request, CancellationToken ct) => new(this);

        public ValueTask SendAsync(AudioFrame item, CancellationToken ct)
        {
            SamplesAfterEvent += _flushed.Task.IsCompleted ? item.Samples.Length : 0;
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken ct)
        {
            _flushed.SetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask CompleteAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public async IAsyncEnumerable<TranscriptEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await _flushed.Task;
            yield return new SpeechEnded(TimeSpan.Zero);
            await _disposed.Task;
        }

        public ValueTask DisposeAsync()
        {
            _disposed.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}

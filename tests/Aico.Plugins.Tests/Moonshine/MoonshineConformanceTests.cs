using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Moonshine;

public sealed class MoonshineConformanceTests : BatchSpeechToTextConformance, IDisposable
{
    private readonly MoonshineSpeechToText _moonshine = new(new MoonshineSettings(), MoonshineFiles.Find(new NativeContext()), new NativeContext());
    private readonly MoonshineSpeechToText _faulty = new(
        new MoonshineSettings(), MoonshineFiles.Find(new NativeContext()) with { Encoder = NativeContext.Required("models/silero/silero_vad.onnx") }, new NativeContext());

    public void Dispose()
    {
        _moonshine.Dispose();
        _faulty.Dispose();
    }

    /// <summary>The caller has control back at once; this is how long the run in the network goes on without one.</summary>
    [Test]
    public async Task Gives_the_worker_of_a_cancelled_reading_back_within_100_ms()
    {
        using var moonshine = new MoonshineSpeechToText(new MoonshineSettings { Workers = 2 }, MoonshineFiles.Find(new NativeContext()), new NativeContext());
        await moonshine.Loaded;
        var utterance = LongUtterance;
        await Promptness.HoldAsync("The worker of a reading", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            using var after = new CancellationTokenSource();
            // First come, first served: once the short one is over, the other two have the workers, and the first of them for as long as it took.
            var brief = TranscribeAsync(moonshine, Utterance);
            var reading = TranscribeAsync(moonshine, utterance, cancel.Token);
            var other = TranscribeAsync(moonshine, utterance, after.Token);
            await brief;
            await attempt.EndAsync(async () =>
            {
                var wasBusy = !moonshine.HasInterimHeadroom;
                cancel.Cancel();
                while (!moonshine.HasInterimHeadroom)
                {
                    await Task.Yield();
                }

                return wasBusy && !other.IsCompleted;
            });

            after.Cancel();
            // Either may have been done in that moment, which is no failure and no attempt.
            await Task.WhenAll((Task)reading, other).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    protected override IBatchSpeechToText Create() => _moonshine;

    /// <summary>Its encoder is another model.</summary>
    protected override IBatchSpeechToText CreateFaulty() => _faulty;
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Tests.Storage;

namespace Aico.Host.Tests.Telemetry;

/// <summary>What telemetry takes of a call: nothing for what happens all the time, little for a turn.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TelemetryCostTests
{
    private const int Repetitions = 512;

    // With traces. A second of call allocates twice that without any telemetry (aico bench loop).
    private const int MostBytesATurn = 40_000;

    private static readonly CallIdentity Acme = new("acme", "J_1");
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    [Test]
    public void A_frame_of_speech_allocates_nothing()
    {
        var audio = new CallAudio();

        Allocated(i => audio.Plays(i * Frame, Frame)).Should().Be(0);
    }

    [Test]
    public void What_happens_all_the_time_in_a_turn_allocates_nothing()
    {
        using var telemetry = new TelemetryHarness(new ManualClock());
        var call = telemetry.Telemetry.Open(Acme);
        CallEvent[] events =
        [
            new TokenReceived(TimeSpan.Zero, 1, "word"), new SpeechSynthesized(TimeSpan.Zero, 1, Frame), new AnswerHeard(TimeSpan.Zero, 1, "word"),
            new CallerTextChanged(TimeSpan.Zero, 1, "word", IsFinal: false), new SentenceReady(TimeSpan.Zero, 1, "word"), new VoiceStarted(TimeSpan.Zero, TimeSpan.Zero),
        ];

        Allocated(i => call.On(events[i % events.Length])).Should().Be(0);
    }

    [Test]
    public void A_turn_allocates_little()
    {
        using var telemetry = new TelemetryHarness(new ManualClock());
        var call = telemetry.Open(Acme);
        ProviderAttempted Attempted(CallStage stage, int turn) => new(TimeSpan.FromSeconds(turn), new ProviderAttempt
        {
            Turn = turn,
            Stage = stage,
            Provider = "good",
            Position = 0,
            Started = TimeSpan.FromSeconds(turn),
            Duration = Frame,
            ConnectLatency = Frame,
            FirstResultLatency = Frame,
            Outcome = AttemptOutcome.Useful,
            InputTokens = 10,
            OutputTokens = 10,
        });

        var bytes = Allocated(turn =>
        {
            var at = TimeSpan.FromSeconds(turn + 1);
            call.On(Attempted(CallStage.SpeechToText, turn + 1));
            call.On(new TurnDecided(at, turn + 1, "", Frame));
            call.On(new ReplyStarted(at, turn + 1, IsPreemptive: false));
            call.On(Attempted(CallStage.LanguageModel, turn + 1));
            call.On(Attempted(CallStage.TextToSpeech, turn + 1));
            call.On(new TurnCompleted(at, new TurnRecord
            {
                Number = turn + 1,
                Timings = new CallTimings { EndOfSpeech = at, FinalText = at, TurnDecided = at, FirstToken = at, FirstSentence = at, FirstAudio = at, Played = at },
            }));
            telemetry.Spans.Clear();
        }) / Repetitions;

        TestContext.Out.WriteLine($"{bytes} bytes a turn, its events and its row of usage included.");
        bytes.Should().BeInRange(1, MostBytesATurn);
    }

    private static long Allocated(Action<int> work)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            work(i);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = Repetitions; i < 2 * Repetitions; i++)
        {
            work(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

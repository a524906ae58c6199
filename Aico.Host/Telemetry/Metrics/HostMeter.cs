using System.Diagnostics.Metrics;

namespace Aico.Host.Telemetry.Metrics;

/// <summary>Every instrument that something is recorded with; what is only looked at stands in <see cref="HostGauges"/>. Names that LiveKit's agents have are theirs.</summary>
internal sealed class HostMeter : IDisposable
{
    public const string Name = "Aico";

    // Seconds. A conversation is felt between a tenth of a second and some seconds.
    private static readonly double[] LatencyBounds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 5, 10];
    private static readonly double[] DurationBounds = [5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
    private static readonly double[] DelayBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    public HostMeter(string version)
    {
        Meter = new Meter(Name, version);
        EndToEnd = Latency("lk.agents.turn.e2e_latency", "From the end of the caller's speech to the first audio of the answer.");
        FirstToken = Latency("lk.agents.turn.llm_ttft", "From the beginning of an answer to its first token.");
        FirstAudio = Latency("lk.agents.turn.tts_ttfb", "From the first sentence of an answer to its first audio.");
        Transcription = Latency("lk.agents.turn.transcription_delay", "From the end of the caller's speech to its final words.");
        EndOfTurn = Latency("lk.agents.turn.end_of_turn_delay", "From the end of the caller's speech to the decision that the turn is over.");
        Acquire = Latency("lk.agents.connection.acquire_time", "Until a provider's session was open.");
        InputTokens = Counter("lk.agents.usage.llm_input_tokens", "{token}", "Tokens sent to language models.");
        CachedTokens = Counter("lk.agents.usage.llm_input_cached_tokens", "{token}", "Of the tokens sent, those that the provider had kept.");
        OutputTokens = Counter("lk.agents.usage.llm_output_tokens", "{token}", "Tokens that language models made.");
        SpokenCharacters = Counter("lk.agents.usage.tts_characters", "{character}", "Characters sent to text-to-speech.");
        SpokenAudio = Seconds("lk.agents.usage.tts_audio_duration", "Speech that text-to-speech made.");
        HeardAudio = Seconds("lk.agents.usage.stt_audio_duration", "Audio sent to speech-to-text.");
        Cost = Meter.CreateCounter<double>("aico.usage.cost", "USD", "What providers cost by the table of prices, in US dollars.");
        Attempts = Counter("aico.provider.attempts", "{attempt}", "Requests to providers and sessions with them, probes included.");
        Failovers = Counter("aico.provider.failovers", "{failover}", "Work that went to another provider than before.");
        StageFailures = Counter("aico.stage.failures", "{failure}", "Failures of a stage of a call.");
        CallsStarted = Counter("aico.calls.started", "{call}", "Calls that began.");
        CallsEnded = Counter("aico.calls.ended", "{call}", "Calls that ended.");
        CallDuration = Meter.CreateHistogram("aico.call.duration", "s", "How long calls lasted.", null, Advice(DurationBounds));
        Turns = Counter("aico.turns", "{turn}", "Turns that are complete.");
        LateFrames = Counter("aico.audio.late_frames", "{frame}", "Frames of speech that came after the one before had been heard out.");
        DroppedFrames = Counter("aico.audio.dropped_frames", "{frame}", "Frames of audio that were dropped.");
        QueueAge = Meter.CreateHistogram("aico.audio.queue_age", "s", "How long callers' audio waited in the host, the worst of each call and look.", null, Advice(DelayBounds));
        PoolDelay = Meter.CreateHistogram("aico.thread_pool.delay", "s", "How long a piece of work waited for a thread.", null, Advice(DelayBounds));
        TimerDelay = Meter.CreateHistogram("aico.timer.delay", "s", "How late a timer fired.", null, Advice(DelayBounds));
    }

    public Meter Meter { get; }

    public Histogram<double> EndToEnd { get; }

    public Histogram<double> FirstToken { get; }

    public Histogram<double> FirstAudio { get; }

    public Histogram<double> Transcription { get; }

    public Histogram<double> EndOfTurn { get; }

    public Histogram<double> Acquire { get; }

    public Counter<long> InputTokens { get; }

    public Counter<long> CachedTokens { get; }

    public Counter<long> OutputTokens { get; }

    public Counter<long> SpokenCharacters { get; }

    public Counter<double> SpokenAudio { get; }

    public Counter<double> HeardAudio { get; }

    public Counter<double> Cost { get; }

    public Counter<long> Attempts { get; }

    public Counter<long> Failovers { get; }

    public Counter<long> StageFailures { get; }

    public Counter<long> CallsStarted { get; }

    public Counter<long> CallsEnded { get; }

    public Histogram<double> CallDuration { get; }

    public Counter<long> Turns { get; }

    public Counter<long> LateFrames { get; }

    public Counter<long> DroppedFrames { get; }

    public Histogram<double> QueueAge { get; }

    public Histogram<double> PoolDelay { get; }

    public Histogram<double> TimerDelay { get; }

    public void Dispose() => Meter.Dispose();

    private Histogram<double> Latency(string name, string description) => Meter.CreateHistogram(name, "s", description, null, Advice(LatencyBounds));

    private Counter<long> Counter(string name, string unit, string description) => Meter.CreateCounter<long>(name, unit, description);

    private Counter<double> Seconds(string name, string description) => Meter.CreateCounter<double>(name, "s", description);

    private static InstrumentAdvice<double> Advice(double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}

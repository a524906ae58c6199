using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Host.Calls;

namespace Aico.Testing.Calls;

/// <summary>
/// A caller whose speech is written down: loud frames while it speaks, silence otherwise, in real time of the given clock. It also
/// keeps what the agent played, as the caller heard it.
/// </summary>
internal sealed class ScriptedCaller(TimeProvider time) : ICallTransport
{
    public const short Loud = 8000;
    private readonly long _started = time.GetTimestamp();
    private readonly List<Utterance> _utterances = [];
    private readonly List<(TimeSpan Start, TimeSpan End)> _played = [];

    public readonly record struct Utterance(TimeSpan Start, TimeSpan End, string Text);

    public IReadOnlyList<Utterance> Utterances => _utterances;

    /// <summary>The size of the frames that the transport brings.</summary>
    public TimeSpan FrameDuration { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Between these no frame comes at all, as when the caller has muted.</summary>
    public (TimeSpan From, TimeSpan To)? Muted { get; set; }

    /// <summary>Thrown where the caller's audio would go on.</summary>
    public (TimeSpan At, Exception Error)? Breaks { get; set; }

    /// <summary>The furthest that a frame's end lay ahead of the time at which it was taken.</summary>
    public TimeSpan FurthestAhead { get; private set; }

    /// <summary>When the caller hangs up; never where it is null.</summary>
    public TimeSpan? LeavesAt { get; set; }

    public bool EndsWithAudio => true;

    public AudioFormat OutputFormat { get; } = new(24_000, 1);

    /// <summary>Stretches in which the agent was heard, gaps of less than a millisecond closed.</summary>
    public IReadOnlyList<(TimeSpan Start, TimeSpan End)> Heard
    {
        get
        {
            var heard = new List<(TimeSpan Start, TimeSpan End)>();
            foreach (var (start, end) in _played)
            {
                if (heard.Count > 0 && start - heard[^1].End < TimeSpan.FromMilliseconds(1))
                {
                    heard[^1] = (heard[^1].Start, end);
                }
                else
                {
                    heard.Add((start, end));
                }
            }

            return heard;
        }
    }

    public TimeSpan HeardDuration => Heard.Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.End - stretch.Start);

    public bool WasHeardWithin(TimeSpan time) => _played.FindLastIndex(stretch => stretch.Start <= Now) is var last and >= 0 && _played[last].End >= Now - time;

    private TimeSpan Now => time.GetElapsedTime(_started);

    /// <summary>The caller says a text; times in seconds of the call's clock.</summary>
    public void Says(string text, double from, double to) =>
        _utterances.Add(new Utterance(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), text));

    public async IAsyncEnumerable<AudioFrame> ReadCallerAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var offset = TimeSpan.Zero; LeavesAt is null || offset < LeavesAt; offset += FrameDuration)
        {
            var due = offset + FrameDuration - Now;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, ct);
            }

            if (Muted is { } muted && offset >= muted.From && offset < muted.To)
            {
                continue;
            }

            if (Breaks is { } breaks && offset >= breaks.At)
            {
                throw breaks.Error;
            }

            var samples = new short[AudioFormat.Speech.SamplesIn(FrameDuration)];
            if (_utterances.Exists(u => u.Start <= offset && offset < u.End))
            {
                Array.Fill(samples, Loud);
            }

            yield return new AudioFrame(AudioFormat.Speech, samples, offset);
        }
    }

    public void Play(AudioFrame frame)
    {
        FurthestAhead = frame.End - Now > FurthestAhead ? frame.End - Now : FurthestAhead;
        _played.Add((frame.Offset, frame.End));
    }

    public void ClearPlayback()
    {
        var now = Now;
        _played.RemoveAll(stretch => stretch.Start >= now);
        if (_played.Count > 0 && _played[^1].End > now)
        {
            _played[^1] = (_played[^1].Start, now);
        }
    }
}

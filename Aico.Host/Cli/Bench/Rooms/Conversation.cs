using Aico.Abstractions.Audio;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What one caller does, and what it hears of it. Counts what begins between two moments of <see cref="BenchTime"/>.</summary>
internal sealed class Conversation(RoomCaller caller, IReadOnlyList<ReadOnlyMemory<short>> clips, int number, double from, double until)
{
    private const double PollMs = 20;

    // Holds the two seconds of an instant answer and what comes before it.
    private const double AnswerPauseMs = 3500;

    // An answer that has not begun by then does not come.
    private const double PatienceMs = 5000;

    // Longer than the agent waits for somebody to hear it.
    private const double GreetingPatienceMs = 8000;

    // How far into an answer it is interrupted.
    private const double InterruptAfterMs = 2000;

    // Long enough that the answer was stopped and did not merely have a gap; less than it takes until the interruption is answered.
    private const int SilentMs = 300;

    private readonly Random _random = new(number);
    private readonly ConversationResult _result = new();
    private int _next = number;

    /// <summary>Turns until now that were answered.</summary>
    public int Answered => _result.Answers.Count;

    /// <summary>Turns until now that were not.</summary>
    public int Unanswered => _result.Unanswered;

    /// <summary>How long a turn of <see cref="AnsweredAsync"/> takes on the average.</summary>
    public static double AnsweredCycleMs(IReadOnlyList<ReadOnlyMemory<short>> clips) => clips.Average(Milliseconds) + AnswerPauseMs;

    /// <summary>Speaks and leaves time for a short answer, again and again.</summary>
    public async Task<ConversationResult> AnsweredAsync(CancellationToken ct)
    {
        await BenchTime.DelayAsync(_random.NextDouble() * AnsweredCycleMs(clips), ct);
        while (BenchTime.Now < until)
        {
            var end = SayNext(out var begin);
            await BenchTime.UntilAsync(end + AnswerPauseMs, ct);
            if (begin >= from)
            {
                Note(end, caller.Heard.Replies(end, end + AnswerPauseMs));
            }
        }

        return _result;
    }

    /// <summary>Asks, interrupts the answer with another question, hears the whole answer to that.</summary>
    public async Task<ConversationResult> VoiceAsync(CancellationToken ct)
    {
        await BenchTime.DelayAsync(_random.NextDouble() * 10_000, ct);
        while (BenchTime.Now < until)
        {
            var counts = BenchTime.Now >= from;
            var end = SayNext(out _);
            if (await AnswerAsync(end, counts, ct) is not { } answered)
            {
                continue;
            }

            await BenchTime.UntilAsync(answered + InterruptAfterMs + _random.NextDouble() * 500, ct);
            end = SayNext(out var onset);
            if (await SilenceAsync(onset, SilentMs, ct) is { } silent && counts)
            {
                _result.Interruptions.Add(silent - onset);
            }

            if (await AnswerAsync(end, counts, ct) is not { } again)
            {
                continue;
            }

            await SilenceAsync(again, HeardAudio.ReplyEndMs, ct);
            if (counts && caller.Heard.Replies(again, again + FixedLatency.AnswerDuration.TotalMilliseconds + PatienceMs) is [var reply, ..])
            {
                _result.Add(reply);
            }

            await BenchTime.DelayAsync(500 + _random.NextDouble() * 500, ct);
        }

        return _result;
    }

    /// <summary>When the greeting is heard first; null where there is none.</summary>
    public Task<double?> GreetedAsync(CancellationToken ct) =>
        PollAsync(() => caller.Heard.FirstVoiceSince(caller.Joined), caller.Joined + GreetingPatienceMs, ct);

    /// <summary>Sends short tones and waits for them to come back.</summary>
    public async Task<ConversationResult> EchoAsync(CancellationToken ct)
    {
        var tone = Enumerable.Range(0, 4800).Select(i => (short)(8000 * Math.Sin(i * 0.12))).ToArray();
        await BenchTime.DelayAsync(_random.NextDouble() * 1000, ct);
        while (BenchTime.Now < until)
        {
            var sent = caller.Microphone.Say(tone);
            var heard = await FirstVoiceAsync(sent, ct);
            if (sent >= from && heard is { } back)
            {
                _result.Answers.Add(back - sent);
            }
            else if (heard is null)
            {
                _result.Unanswered++;
            }

            await BenchTime.DelayAsync(800 + _random.NextDouble() * 400, ct);
        }

        return _result;
    }

    private static double Milliseconds(ReadOnlyMemory<short> clip) => AudioFormat.Speech.DurationOf(clip.Length).TotalMilliseconds;

    /// <summary>Says the next clip. Returns when its voice ends.</summary>
    private double SayNext(out double begin)
    {
        var clip = clips[_next++ % clips.Count];
        begin = caller.Microphone.Say(clip);
        return begin + Milliseconds(clip);
    }

    private void Note(double end, IReadOnlyList<HeardReply> replies)
    {
        if (replies.Count == 0)
        {
            _result.Unanswered++;
            return;
        }

        _result.Answers.Add(replies[0].Begin - end);
        foreach (var reply in replies)
        {
            _result.Add(reply);
        }
    }

    private async Task<double?> AnswerAsync(double end, bool counts, CancellationToken ct)
    {
        await BenchTime.UntilAsync(end, ct);
        var heard = await FirstVoiceAsync(end, ct);
        if (counts && heard is { } at)
        {
            _result.Answers.Add(at - end);
        }
        else if (counts)
        {
            _result.Unanswered++;
        }

        return heard;
    }

    private Task<double?> FirstVoiceAsync(double since, CancellationToken ct) =>
        PollAsync(() => caller.Heard.FirstVoiceSince(since), since + PatienceMs, ct);

    private Task<double?> SilenceAsync(double since, int forMs, CancellationToken ct) =>
        PollAsync(() => caller.Heard.SilentSince(since, forMs), since + FixedLatency.AnswerDuration.TotalMilliseconds + PatienceMs, ct);

    private static async Task<double?> PollAsync(Func<double?> find, double giveUp, CancellationToken ct)
    {
        while (BenchTime.Now < giveUp)
        {
            if (find() is { } found)
            {
                return found;
            }

            await BenchTime.DelayAsync(PollMs, ct);
        }

        return null;
    }
}

using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>
/// A call's audio without a room: plays the caller's turns as a microphone would, one frame of 20 ms every 20 ms with silence
/// between the turns, and takes the agent's speech. A frame is handed over when its last sample would have been spoken, not
/// before, so that the latencies are those of a live caller.
/// </summary>
internal sealed class TalkTransport(TalkClock clock, CallerScript? script, ConversationRecorder? recorder, bool hasAudio) : ICallTransport
{
    private static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);
    private static readonly int FrameSamples = AudioFormat.Speech.SamplesIn(FrameDuration);

    public AudioFormat OutputFormat { get; } = new(ConversationRecorder.AgentSampleRate, 1);

    public bool EndsWithAudio => hasAudio;

    /// <summary>Takes a typed turn into the call.</summary>
    public Action<string> SendText { get; set; } = _ => { };

    /// <summary>Tells the call that the caller has left.</summary>
    public Action CallerLeft { get; set; } = () => { };

    public async IAsyncEnumerable<AudioFrame> ReadCallerAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (!hasAudio || script is null)
        {
            yield break;
        }

        ReadOnlyMemory<short>? speech = null;
        for (long frame = 0; ; frame++)
        {
            var start = frame * FrameDuration;
            if (speech is null && !TakeStep(start, out speech))
            {
                yield break;
            }

            var samples = new short[FrameSamples];
            if (speech is { } rest)
            {
                var count = Math.Min(rest.Length, FrameSamples);
                rest.Span[..count].CopyTo(samples);
                speech = rest[count..];
            }

            var end = start + FrameDuration;
            await clock.WaitUntilAsync(end, ct);
            if (speech is { IsEmpty: true })
            {
                speech = null;
                script.EndTurn(end);
            }

            var audio = new AudioFrame(AudioFormat.Speech, samples, start);
            recorder?.AddCaller(audio);
            yield return audio;
        }
    }

    /// <summary>Runs a script of typed turns on a call without audio from the caller. Ends when the caller has left.</summary>
    public async Task TypeAsync(CancellationToken ct)
    {
        for (var moment = FrameDuration; TakeStep(moment, out _); moment += FrameDuration)
        {
            await clock.WaitUntilAsync(moment, ct);
        }
    }

    public void Play(AudioFrame frame) => recorder?.AddAgent(frame);

    public void ClearPlayback() => recorder?.ClearAgent(clock.Now);

    // False: the caller has left.
    private bool TakeStep(TimeSpan now, out ReadOnlyMemory<short>? speech)
    {
        speech = null;
        var step = script!.Next(now);
        switch (step)
        {
            case CallerStep.Begin { Turn: CallerLine.Spoken spoken }:
                speech = spoken.Samples;
                break;
            case CallerStep.Begin { Turn: CallerLine.Typed typed }:
                SendText(typed.Text);
                script.EndTurn(now);
                break;
        }

        if (step != CallerStep.Leave)
        {
            return true;
        }

        CallerLeft();
        return false;
    }
}

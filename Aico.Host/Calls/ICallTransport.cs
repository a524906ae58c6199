using Aico.Abstractions.Audio;

namespace Aico.Host.Calls;

/// <summary>Where a call's audio comes from and goes to: a LiveKit room, WAV files, a benchmark.</summary>
internal interface ICallTransport
{
    /// <summary>The format that <see cref="Play"/> takes.</summary>
    AudioFormat OutputFormat { get; }

    /// <summary>
    /// The caller's audio as 16 kHz mono frames of any size, usually 20 ms, in real time of the call's clock; offsets count from the
    /// start of the call. Ends when the caller has left; null (no frames ever) is a transport without audio, which ends at once.
    /// </summary>
    IAsyncEnumerable<AudioFrame> ReadCallerAsync(CancellationToken ct);

    /// <summary>False while nobody would hear what is played; a change is told by <see cref="Call.HearableChanged"/>.</summary>
    bool IsHearable => true;

    /// <summary>
    /// Returns when the caller is there and both can hear each other; the agent begins only then. It returns the agent as this caller
    /// meets it: instructions, greeting and tools may differ from what was given, and nothing else.
    /// </summary>
    ValueTask<AgentSettings> MeetCallerAsync(AgentSettings agent, CancellationToken ct) => ValueTask.FromResult(agent);

    /// <summary>
    /// True where the end of the caller's audio means that the caller has left. False for a typed conversation, in which text
    /// goes on coming through <see cref="Call.SendText"/> until <see cref="Call.CallerLeft"/>.
    /// </summary>
    bool EndsWithAudio { get; }

    /// <summary>
    /// Takes the next frame to play. Never blocks: the playback sends at most 200 ms ahead of what is heard. A frame that comes
    /// after what was sent has been played starts at once; its offset is when it will be heard, on the call's clock.
    /// </summary>
    void Play(AudioFrame frame);

    /// <summary>Drops everything that was taken but not heard yet.</summary>
    void ClearPlayback();
}

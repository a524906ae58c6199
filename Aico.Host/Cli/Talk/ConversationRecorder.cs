using Aico.Abstractions.Audio;

namespace Aico.Host.Cli.Talk;

/// <summary>Keeps both sides of a call as they were heard, on one clock. Safe from any thread.</summary>
internal sealed class ConversationRecorder
{
    /// <summary>What <c>aico talk</c> plays at: the rate of most voices, and what a LiveKit room is given.</summary>
    public const int AgentSampleRate = 24_000;

    private readonly Lock _lock = new();
    private readonly AudioTrack _caller = new(AudioFormat.Speech.SampleRate);
    private readonly AudioTrack _agent = new(AgentSampleRate);

    public void AddCaller(AudioFrame frame)
    {
        lock (_lock)
        {
            _caller.Place(frame);
        }
    }

    public void AddAgent(AudioFrame frame)
    {
        lock (_lock)
        {
            _agent.Place(frame);
        }
    }

    /// <summary>Takes back what the agent's side has beyond a moment: it was handed over, but never heard.</summary>
    public void ClearAgent(TimeSpan now)
    {
        lock (_lock)
        {
            _agent.CutFrom(now);
        }
    }

    /// <summary>What the caller said: 16 kHz mono.</summary>
    public AudioFrame Caller() => Copy(_caller);

    /// <summary>What the agent was heard to say: 24 kHz mono.</summary>
    public AudioFrame Agent() => Copy(_agent);

    private AudioFrame Copy(AudioTrack track)
    {
        lock (_lock)
        {
            return new AudioFrame(track.Format, track.Samples.ToArray(), TimeSpan.Zero);
        }
    }
}

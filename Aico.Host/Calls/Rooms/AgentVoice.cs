using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>The agent's track in the room, and whether anybody hears it. Safe from any thread.</summary>
internal sealed class AgentVoice
{
    public const string TrackName = "roomio_audio";

    /// <summary>What the playback sends ahead.</summary>
    public static readonly TimeSpan Queue = TimeSpan.FromMilliseconds(200);

    private volatile IPublishedAudio? _track;

    public static AudioFormat Format { get; } = new(24_000, 1);

    public string? TrackSid => _track?.TrackSid;

    /// <summary>Frames that the room's library did not take.</summary>
    public long DroppedFrames => _track?.DroppedFrames ?? 0;

    public async Task PublishAsync(IRoom room, CancellationToken ct) =>
        _track = await room.PublishAudioAsync(TrackName, TrackSource.Microphone, Format, Queue, ct);

    public void Play(ReadOnlyMemory<short> samples) => _track?.Play(samples);

    public void Clear() => _track?.Clear();

    public async ValueTask StopAsync()
    {
        if (_track is { } track)
        {
            _track = null;
            await track.DisposeAsync();
        }
    }
}

using Aico.Abstractions.Audio;

namespace Aico.Host.LiveKit.Rooms;

/// <summary>Our published audio track. Disposal unpublishes it.</summary>
internal interface IPublishedAudio : IAsyncDisposable
{
    /// <summary>As it is now: it changes with a full reconnect.</summary>
    string TrackSid { get; }

    AudioFormat Format { get; }

    /// <summary>
    /// Takes samples to play after those taken before. Never blocks; from one thread at a time. The native queue holds what is played
    /// within its length, and what comes too much is dropped and counted. Where nothing is queued silence is sent.
    /// </summary>
    void Play(ReadOnlyMemory<short> samples);

    /// <summary>Drops all that was taken but not sent. Safe against a <see cref="Play"/> on another thread.</summary>
    void Clear();

    /// <summary>Listeners hear nothing while muted, and frontends show it.</summary>
    void SetMuted(bool isMuted);

    /// <summary>Frames that were dropped because more was taken than the queue holds, or because the native library failed.</summary>
    long DroppedFrames { get; }
}

using Aico.Abstractions.Audio;

namespace Aico.Host.LiveKit.Rooms;

/// <summary>
/// A room that was joined. Safe from any thread unless a member says otherwise. Disposal leaves the room, ends the events and lets go of
/// everything native. Methods throw <see cref="RoomException"/> where the server or the library refuses, and
/// <see cref="RoomFailure.Disconnected"/> after the end.
/// </summary>
internal interface IRoom : IAsyncDisposable
{
    /// <summary>"RM_…"; empty until the server has said it.</summary>
    string Sid { get; }

    string Name { get; }

    string Metadata { get; }

    /// <summary>Ourselves.</summary>
    RoomParticipant Local { get; }

    /// <summary>Everybody else who is in the room now.</summary>
    IReadOnlyList<RoomParticipant> Participants { get; }

    /// <summary>All that happened since the room was joined, in order; ends after <see cref="RoomEvent.Disconnected"/>. One reader, and it must keep up.</summary>
    IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken ct);

    /// <summary>Publishes an audio track.</summary>
    /// <param name="name">What frontends see.</param>
    /// <param name="source">Microphone, for a voice.</param>
    /// <param name="format">Of the samples that will be played.</param>
    /// <param name="queue">How far ahead of real time samples are taken; a multiple of 10 ms.</param>
    /// <param name="ct">Gives up; nothing is left published.</param>
    Task<IPublishedAudio> PublishAudioAsync(string name, TrackSource source, AudioFormat format, TimeSpan queue, CancellationToken ct);

    /// <summary>Asks for the media of a track, or no longer. <see cref="RoomEvent.TrackSubscribed"/> follows.</summary>
    void SetSubscribed(string trackSid, bool isSubscribed);

    /// <summary>Reads a subscribed audio track, resampled and mixed down to the format, in frames of the duration (a multiple of 10 ms).</summary>
    IReceivedAudio OpenAudio(string trackSid, AudioFormat format, TimeSpan frame, RoomAudioProcessing processing);

    /// <summary>Changes attributes of our own; an empty value removes one.</summary>
    Task SetAttributesAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct);

    /// <summary>Sends a whole text as one stream.</summary>
    Task SendTextAsync(RoomText stream, string text, CancellationToken ct);

    /// <summary>Opens a text stream that is written piece by piece.</summary>
    Task<IRoomTextWriter> OpenTextAsync(RoomText stream, CancellationToken ct);

    /// <summary>Sends bytes as one stream.</summary>
    Task SendBytesAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    Task PublishTranscriptionAsync(RoomTranscription transcription, CancellationToken ct);

    /// <summary>Sends a telephone key press.</summary>
    /// <param name="code">0 to 9, 10 = *, 11 = #, 12 to 15 = A to D.</param>
    /// <param name="digit">The same as a character.</param>
    /// <param name="ct">Stops waiting.</param>
    Task SendDtmfAsync(uint code, string digit, CancellationToken ct);

    /// <summary>Takes calls of a method; each becomes <see cref="RoomEvent.RpcInvoked"/>.</summary>
    void RegisterRpc(string method);

    /// <summary>Answers a call with a payload, or with an error where <paramref name="error"/> is not null (code 1500).</summary>
    Task AnswerRpcAsync(ulong invocationId, string? payload, string? error, CancellationToken ct);

    /// <summary>Leaves the room; <see cref="RoomEvent.Disconnected"/> follows. Twice is harmless.</summary>
    Task DisconnectAsync(CancellationToken ct);
}

using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Sends transcripts into the room in order, as text streams and as packets of the older kind. <see cref="Post"/> never waits: words
/// that have changed before they were sent are sent once, as they are then. Started by its construction; disposal sends what is left,
/// in bounded time.
/// </summary>
internal sealed partial class TranscriptOutbox : IAsyncDisposable
{
    public const string Topic = "lk.transcription";
    public const string SegmentAttribute = "lk.segment_id";
    public const string FinalAttribute = "lk.transcription_final";
    public const string TrackAttribute = "lk.transcribed_track_id";

    // A segment waits at most once, so more than some means that the server takes none; what would change anyway is dropped first.
    private const int Capacity = 64;
    private static readonly TimeSpan LastSends = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly IRoom _room;
    private readonly TimeProvider _time;
    private readonly string _language;
    private readonly ILogger _logger;
    private readonly LinkedList<TranscriptUpdate> _waiting = new();
    private readonly AsyncSignal _changed = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _sending;
    private bool _stopped;
    private (string SegmentId, IRoomTextWriter Writer, string Written)? _open;

    public TranscriptOutbox(IRoom room, string language, TimeProvider time, ILogger logger)
    {
        (_room, _language, _time, _logger) = (room, language, time, logger);
        _sending = RunAsync();
    }

    /// <summary>Updates that were given up because the server did not keep up.</summary>
    public int Dropped { get; private set; }

    public void Post(TranscriptUpdate update)
    {
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (node.Value.SegmentId == update.SegmentId)
                {
                    node.Value = update;
                    return;
                }
            }

            _waiting.AddLast(update);
            if (_waiting.Count > Capacity)
            {
                _waiting.Remove(_waiting.FirstOrDefault(waiting => !waiting.IsFinal) ?? _waiting.First!.Value);
                Dropped++;
            }
        }

        _changed.Set();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopped = true;
        }

        _changed.Set();
        using var timer = _time.CreateTimer(_ => _abort.Cancel(), null, LastSends, Timeout.InfiniteTimeSpan);
        await _sending;
        if (Dropped > 0)
        {
            LogDropped(Dropped);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                if (TryTake(out var update, out var isLast))
                {
                    await SendAsync(update);
                }
                else if (isLast)
                {
                    break;
                }
                else
                {
                    await _changed.WaitAsync(_abort.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The time was over.
        }

        await (_open?.Writer.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private bool TryTake(out TranscriptUpdate update, out bool isLast)
    {
        lock (_lock)
        {
            isLast = _stopped;
            update = _waiting.First?.Value!;
            if (update is null)
            {
                return false;
            }

            _waiting.RemoveFirst();
            return true;
        }
    }

    private async Task SendAsync(TranscriptUpdate update)
    {
        try
        {
            await (update.IsAgent ? WriteAsync(update) : SendWholeAsync(update));
            if (update.TrackSid is { } track)
            {
                var packet = new RoomTranscription(update.Identity, track, update.SegmentId, update.Text, update.IsFinal, _language);
                await _room.PublishTranscriptionAsync(packet, _abort.Token);
            }
        }
        catch (RoomException e)
        {
            // Words on a screen: the call goes on without them.
            LogNotSent(e.Message);
        }
    }

    /// <summary>The caller's words: each state of them is a stream of its own.</summary>
    private Task SendWholeAsync(TranscriptUpdate update) =>
        _room.SendTextAsync(Stream(update, update.IsFinal) with { SenderIdentity = update.IsAgent ? null : update.Identity }, update.Text, _abort.Token);

    /// <summary>Our words: one stream for the segment, to which is added what was heard.</summary>
    private async Task WriteAsync(TranscriptUpdate update)
    {
        if (_open is { } other && other.SegmentId != update.SegmentId)
        {
            _open = null;
            await other.Writer.DisposeAsync();
        }

        if (_open is null && update.Text.Length > 0)
        {
            _open = (update.SegmentId, await _room.OpenTextAsync(Stream(update, isFinal: false), _abort.Token), "");
        }

        if (_open is not { } open)
        {
            return;
        }

        var fits = update.Text.StartsWith(open.Written, StringComparison.Ordinal);
        if (fits && update.Text.Length > open.Written.Length)
        {
            await open.Writer.WriteAsync(update.Text[open.Written.Length..], _abort.Token);
            _open = open with { Written = update.Text };
        }

        if (update.IsFinal)
        {
            _open = null;
            await open.Writer.CloseAsync(new Dictionary<string, string> { [FinalAttribute] = "true" }, _abort.Token);
            await open.Writer.DisposeAsync();
            if (!fits)
            {
                // What was shown is not what was heard: frontends let a later stream of the segment replace the one before.
                await SendWholeAsync(update);
            }
        }
    }

    private static RoomText Stream(TranscriptUpdate update, bool isFinal)
    {
        var attributes = new Dictionary<string, string> { [SegmentAttribute] = update.SegmentId, [FinalAttribute] = isFinal ? "true" : "false" };
        if (update.TrackSid is { } track)
        {
            attributes[TrackAttribute] = track;
        }

        return new RoomText { Topic = Topic, Attributes = attributes };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A transcript could not be sent: {Reason}")]
    private partial void LogNotSent(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} transcripts were not sent because the server did not keep up")]
    private partial void LogDropped(int count);
}

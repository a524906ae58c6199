using System.Diagnostics.CodeAnalysis;
using Aico.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls;

/// <summary>
/// One conversation from the first frame to the goodbye. <see cref="RunAsync"/> owns its one loop; an error that no part of the call
/// has dealt with ends it as <see cref="CallEndReason.Failed"/> and is logged.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync owns the pipeline and disposes it; the source has no timer and no wait handle.")]
internal sealed partial class Call
{
    private const double LongestWaitMs = 3_600_000;
    private readonly CallMailbox _mailbox = new();
    private readonly CallContext _context;
    private readonly CallPipeline _pipeline;
    private readonly ICallTransport _transport;
    private readonly ILogger<Call> _logger;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private CallEndReason? _endReason;
    private bool _hasBegun;

    public Call(
        CallIdentity identity, AgentSettings settings, CallProviders providers, ICallTransport transport, ICallObserver observer,
        TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
        _logger = loggerFactory.CreateLogger<Call>();
        _context = new CallContext(identity, settings, providers, new CallClock(timeProvider), _mailbox, observer);
        _transport = transport;
        _pipeline = new CallPipeline(_context, transport);
    }

    /// <summary>Frames of the caller that were dropped because the host did not keep up.</summary>
    public long DroppedFrames => _pipeline.DroppedFrames;

    /// <summary>False where speech-to-text could not be opened: the agent will only excuse itself. Known when it meets its caller.</summary>
    public bool CanHear => _pipeline.CanHear;

    /// <summary>Runs the call to its end. Cancelling ends it at once with <see cref="CallEndReason.Cancelled"/>.</summary>
    public async Task<CallEndReason> RunAsync(CancellationToken ct)
    {
        CallEndReason reason;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _end.Token);
        try
        {
            reason = await ConverseAsync(either.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            reason = _endReason!.Value;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            reason = CallEndReason.Cancelled;
        }
        catch (Exception e)
        {
            LogFault(e, _context.Identity.OrganizationId, _context.Identity.CallId);
            _context.Raise(new StageFailed(_context.Now, CallStage.Transport, "", null, $"The call broke: {e.Message}"));
            reason = CallEndReason.Failed;
        }

        _mailbox.Close();
        try
        {
            await _pipeline.DisposeAsync();
        }
        catch (Exception e)
        {
            // The call has ended all the same, and whoever waits for its end must hear of it.
            LogFault(e, _context.Identity.OrganizationId, _context.Identity.CallId);
        }

        while (_mailbox.TryTakeLate(out var late))
        {
            _context.Raise(late);
        }

        _context.Raise(new CallEnded(_context.Now, reason));
        return reason;
    }

    /// <summary>Takes typed text as a whole turn of the caller. Safe from any thread.</summary>
    public void SendText(string text) => _mailbox.Post(new CallSignal.Typed(text));

    /// <summary>Says that the caller has left: what was said is still answered, then the call ends. Safe from any thread.</summary>
    public void CallerLeft() => _mailbox.Post(new CallSignal.CallerLeft());

    /// <summary>Ends the call at once: nobody is there any more to say anything to. The first reason counts. Safe from any thread.</summary>
    public void End(CallEndReason reason)
    {
        lock (_lock)
        {
            _endReason ??= reason;
        }

        _end.Cancel();
    }

    /// <summary>Lets the agent say goodbye and ends the call; at once where it has not begun to talk. Safe from any thread.</summary>
    public void Leave(CallEndReason reason)
    {
        bool hasBegun;
        lock (_lock)
        {
            hasBegun = _hasBegun;
            _endReason ??= hasBegun ? null : reason;
        }

        if (hasBegun)
        {
            _mailbox.Post(new CallSignal.Leave(reason));
        }
        else
        {
            _end.Cancel();
        }
    }

    /// <summary>Says that <see cref="ICallTransport.IsHearable"/> is another: while nobody hears the agent its speech waits. Safe from any thread.</summary>
    public void HearableChanged() => _mailbox.Post(new CallSignal.HearableChanged());

    /// <summary>Notes a telephone key of the caller. Safe from any thread.</summary>
    public void PressKey(string key) => _mailbox.Post(new CallSignal.Key(key));

    private async Task<CallEndReason> ConverseAsync(CancellationToken ct)
    {
        var dialogue = await _pipeline.OpenAsync(ct);
        _context.Settings = await _transport.MeetCallerAsync(_context.Settings, ct);
        lock (_lock)
        {
            _hasBegun = true;
        }

        ct.ThrowIfCancellationRequested();
        using var timer = _context.Clock.Time.CreateTimer(
            _ => _mailbox.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        dialogue.Begin();

        while (dialogue.Ended is null)
        {
            if (dialogue.NextDeadline is { } deadline)
            {
                // Whole milliseconds, upwards, since timers cut fractions off; and no more than a timer can hold.
                var due = Math.Ceiling((deadline - _context.Now).TotalMilliseconds);
                timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(due, 0, LongestWaitMs)), Timeout.InfiniteTimeSpan);
            }

            await _mailbox.Reader.WaitToReadAsync(ct);
            while (dialogue.Ended is null && _mailbox.Reader.TryRead(out var signal))
            {
                dialogue.Handle(signal);
            }
        }

        return dialogue.Ended.Value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {CallId} of {OrganizationId} broke")]
    private partial void LogFault(Exception e, string organizationId, string callId);
}

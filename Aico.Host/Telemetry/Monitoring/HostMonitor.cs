using Aico.Host.Calls.Rooms;
using Aico.Host.Telemetry.Live;
using Aico.Host.Telemetry.Metrics;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Telemetry.Monitoring;

/// <summary>
/// Looks once a second whether the host keeps up: whether work gets a thread, timers fire in time, and each call's audio comes and goes in
/// time. What does not is measured, and logged with the names of the calls that suffer. Begins when it is made, ends when it is disposed.
/// </summary>
internal sealed partial class HostMonitor : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A quarter of a second is heard by everybody; the playback is 200 ms ahead.
    public static readonly TimeSpan Starved = TimeSpan.FromMilliseconds(250);

    // A gap in speech that people hear.
    public static readonly TimeSpan ToleratedGap = TimeSpan.FromMilliseconds(60);

    // Audio comes in frames of 32 ms and in bursts where the network is uneven.
    public static readonly TimeSpan ToleratedWait = TimeSpan.FromMilliseconds(200);

    // A call in trouble is in trouble every second.
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const int CallsNamed = 5;

    private readonly HostMeter _meter;
    private readonly OrganizationLabel _organizations;
    private readonly Func<IReadOnlyList<RoomCall>> _calls;
    private readonly Action<Action> _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<RoomCall, WatchedCall> _watched = [];
    private readonly ITimer _timer;
    private readonly CpuShare _cpu;
    private long _last;
    private long? _queuedAt;
    private long? _toldAt;
    private TimeSpan _poolDelay;

    /// <param name="meter">What is measured goes there.</param>
    /// <param name="organizations">As metrics name them.</param>
    /// <param name="calls">The calls that go on.</param>
    /// <param name="queue">Lets the thread pool do a piece of work.</param>
    /// <param name="cpu">Is looked at, too.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For what does not keep up.</param>
    public HostMonitor(
        HostMeter meter, OrganizationLabel organizations, Func<IReadOnlyList<RoomCall>> calls, Action<Action> queue, CpuShare cpu, TimeProvider time, ILogger<HostMonitor> logger)
    {
        (_meter, _organizations, _calls, _queue, _cpu, _time, _logger) = (meter, organizations, calls, queue, cpu, time, logger);
        _last = time.GetTimestamp();
        _cpu.Look();
        _timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>How long the latest piece of work waited for a thread, or has waited until now.</summary>
    public TimeSpan PoolDelay
    {
        get
        {
            lock (_lock)
            {
                var waiting = _queuedAt is { } at ? _time.GetElapsedTime(at) : TimeSpan.Zero;
                return waiting > _poolDelay ? waiting : _poolDelay;
            }
        }
    }

    /// <summary>The calls that go on, as they were at the latest look.</summary>
    public IReadOnlyList<CallReading> Calls
    {
        get
        {
            var calls = _calls();
            lock (_lock)
            {
                return [.. calls.Select(call => _watched.GetValueOrDefault(call)?.Last is { } last
                    ? new CallReading(call.Status, last.LateFrames, last.DroppedHeard + last.DroppedSpoken, last.LongestWait)
                    : new CallReading(call.Status, 0, 0, TimeSpan.Zero))];
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            var late = _time.GetElapsedTime(_last) - Period;
            _last = _time.GetTimestamp();
            _cpu.Look();
            var calls = _calls();
            _meter.TimerDelay.Record(Math.Max(0, late.TotalSeconds));
            if (late >= Starved)
            {
                Tell("timers were late by", late, calls);
            }

            Probe(calls);
            foreach (var call in calls)
            {
                Look(call);
            }

            foreach (var gone in _watched.Keys.Except(calls).ToList())
            {
                _watched.Remove(gone);
            }
        }
    }

    private void Probe(IReadOnlyList<RoomCall> calls)
    {
        if (_queuedAt is { } at)
        {
            // Nobody has had time for it since the last look.
            Tell("work has waited for a thread for", _time.GetElapsedTime(at), calls);
            return;
        }

        var queued = _time.GetTimestamp();
        _queuedAt = queued;
        _queue(() => Began(queued));
    }

    private void Began(long queued)
    {
        lock (_lock)
        {
            _queuedAt = null;
            _poolDelay = _time.GetElapsedTime(queued);
            _meter.PoolDelay.Record(_poolDelay.TotalSeconds);
            if (_poolDelay >= Starved)
            {
                Tell("work waited for a thread for", _poolDelay, _calls());
            }
        }
    }

    private void Look(RoomCall call)
    {
        if (!_watched.TryGetValue(call, out var watched))
        {
            _watched.Add(call, watched = new WatchedCall());
        }

        var (late, droppedHeard, droppedSpoken) = watched.Take(call.Audio.Read());
        var info = call.Status.Info;
        var organization = Label.Of(Label.Organization, _organizations.Of(info.OrganizationId));
        _meter.QueueAge.Record(watched.Last.LongestWait.TotalSeconds, organization);
        if (late > 0)
        {
            _meter.LateFrames.Add(late, organization);
        }

        foreach (var (dropped, direction) in new[] { (droppedHeard, "heard"), (droppedSpoken, "spoken") })
        {
            if (dropped > 0)
            {
                _meter.DroppedFrames.Add(dropped, organization, Label.Of(Label.Direction, direction));
            }
        }

        if (watched.Trouble(ToleratedGap, ToleratedWait, Pause, _time) is { } trouble)
        {
            LogAudio(
                info.Id, info.OrganizationId, info.RoomName, trouble.LateFrames, Whole(trouble.LongestGap), Whole(trouble.LongestWait), trouble.DroppedFrames, Whole(_poolDelay));
        }
    }

    private void Tell(string what, TimeSpan delay, IReadOnlyList<RoomCall> calls)
    {
        if (_toldAt is { } told && _time.GetElapsedTime(told) < Pause)
        {
            return;
        }

        _toldAt = _time.GetTimestamp();
        var names = string.Join(", ", calls.Take(CallsNamed).Select(call => $"{call.Id} in {call.RoomName}"));
        LogStarved(what, Whole(delay), calls.Count, calls.Count > CallsNamed ? $"{names} and {calls.Count - CallsNamed} more" : names.Length == 0 ? "none" : names, ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);
    }

    private static long Whole(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call {CallId} of {Organization} in room {Room}: {LateFrames} frames of speech came late, the longest gap was {GapMs} ms; what the caller said waited up to {WaitMs} ms; {DroppedFrames} frames were dropped; work waits {PoolDelayMs} ms for a thread")]
    private partial void LogAudio(string callId, string organization, string room, long lateFrames, long gapMs, long waitMs, long droppedFrames, long poolDelayMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The host does not keep up: {What} {DelayMs} ms, while {Count} calls went on: {Calls} ({Threads} threads of the pool, {Waiting} pieces of work waiting)")]
    private partial void LogStarved(string what, long delayMs, int count, string calls, int threads, long waiting);
}

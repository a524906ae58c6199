using System.Globalization;

namespace Aico.Host.Hosts;

/// <summary>
/// The hosts that serve one operator's calls, as they report themselves. One that is silent becomes stale and is then forgotten; one that
/// says it has stopped is forgotten at once. Safe from any thread.
/// </summary>
internal sealed class HostRegistry(TimeProvider time)
{
    /// <summary>How often a host reports.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>A host that has been silent for so long is probably gone.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(15);

    /// <summary>After that nobody looks for it any more.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(5);

    /// <summary>Reports come from holders of the internal key only; the bound is for a host that is started again all the time.</summary>
    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HostStatus Status, DateTimeOffset Seen)> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _restarts = [];
    private readonly HashSet<string> _ending = new(StringComparer.Ordinal);

    /// <summary>This process; null: it does not list itself.</summary>
    public Func<HostStatus>? Own { get; set; }

    /// <summary>Takes what a host says of itself.</summary>
    /// <returns>Those of its calls that are to be ended: told with each report, until they have.</returns>
    public IReadOnlyList<string> Report(HostStatus status)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Forget(now);
            var ending = status.Sessions.Select(session => session.Id).Where(_ending.Contains).ToList();
            Remove(status.Id);
            if (status.Phase == HostPhase.Stopped)
            {
                return [];
            }

            if (_hosts.Count >= Most)
            {
                Remove(_hosts.MinBy(known => known.Value.Seen).Key);
            }

            _hosts[status.Id] = (status, now);
            _ending.UnionWith(ending);
            return ending;
        }
    }

    /// <summary>The calls of an organization that hosts have reported, but for hosts that are silent.</summary>
    public IReadOnlyList<RunningSession> Sessions(string organizationId)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            return [.. _hosts.Values.Where(host => now - host.Seen <= StaleAfter).SelectMany(host => host.Status.Sessions).Where(session => session.OrganizationId == organizationId)];
        }
    }

    /// <summary>Has a call ended by the host that reports it, with its next report.</summary>
    public void End(string sessionId)
    {
        lock (_lock)
        {
            // One that has just ended is reported no more: nothing would ever take its id out again.
            if (_hosts.Values.Any(host => host.Status.Sessions.Any(session => session.Id == sessionId)))
            {
                _ending.Add(sessionId);
            }
        }
    }

    /// <summary>This process, then the others by name.</summary>
    public IReadOnlyList<HostEntry> List()
    {
        var now = time.GetUtcNow();
        List<(HostStatus Status, DateTimeOffset Seen)> all = Own is { } own ? [(own(), now)] : [];
        lock (_lock)
        {
            Forget(now);
            all.AddRange(_hosts.Values
                .OrderBy(host => host.Status.Name, StringComparer.Ordinal).ThenBy(host => host.Status.Started).ThenBy(host => host.Status.Id, StringComparer.Ordinal));
            var shared = all.GroupBy(host => host.Status.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. all.Select(host => new HostEntry(
                    host.Status,
                    shared.Contains(host.Status.Name) ? string.Create(CultureInfo.InvariantCulture, $"{host.Status.Name}:{host.Status.ProcessId}") : host.Status.Name,
                    host.Seen,
                    now - host.Seen > StaleAfter,
                    host.Status.CallHost is { } number ? _restarts.GetValueOrDefault(number) : 0)),
            ];
        }
    }

    /// <summary>What a call host of this machine said last; null where it has said nothing yet.</summary>
    public HostStatus? FindCallHost(int number, int processId)
    {
        lock (_lock)
        {
            return _hosts.Values.Select(host => host.Status).FirstOrDefault(host => host.CallHost == number && host.ProcessId == processId);
        }
    }

    /// <summary>A call host has ended, however: whatever it said is no longer true.</summary>
    public void HasEnded(int number, int processId)
    {
        lock (_lock)
        {
            foreach (var id in _hosts.Where(host => host.Value.Status.CallHost == number && host.Value.Status.ProcessId == processId).Select(host => host.Key).ToList())
            {
                Remove(id);
            }
        }
    }

    /// <summary>A call host was started in place of one that had died.</summary>
    public void CountRestart(int number)
    {
        lock (_lock)
        {
            _restarts[number] = _restarts.GetValueOrDefault(number) + 1;
        }
    }

    /// <summary>By the number of the call host.</summary>
    public IReadOnlyDictionary<int, int> Restarts
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<int, int>(_restarts);
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var id in _hosts.Where(host => now - host.Value.Seen > ForgottenAfter).Select(host => host.Key).ToList())
        {
            Remove(id);
        }
    }

    private void Remove(string id)
    {
        if (_hosts.Remove(id, out var gone))
        {
            _ending.ExceptWith(gone.Status.Sessions.Select(session => session.Id));
        }
    }
}

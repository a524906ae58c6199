using System.Security.Cryptography;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Remote;

/// <summary>
/// The latest changes of a source, for other hosts to follow. Whoever comes back with a place that is still remembered gets what came
/// since; everybody else is told that anything may have changed. Safe from any thread; holds the source's event until it is disposed.
/// </summary>
internal sealed class ChangeFeed : IDisposable
{
    /// <summary>Changes that are remembered for hosts that were away.</summary>
    public const int Remembered = 4096;

    private readonly IOrganizationSource _source;
    private readonly string _epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Lock _lock = new();
    private readonly Queue<string?> _changes = new();
    private long _last;
    private TaskCompletionSource _next = New();

    public ChangeFeed(IOrganizationSource source)
    {
        _source = source;
        source.Changed += Add;
    }

    public ChangeCursor Now
    {
        get
        {
            lock (_lock)
            {
                return new ChangeCursor(_epoch, _last);
            }
        }
    }

    /// <summary>What came after a place, null among it where any organization may have changed. The task ends with the next change.</summary>
    public (IReadOnlyList<string?> Changed, ChangeCursor Now, Task Next) After(ChangeCursor? place)
    {
        lock (_lock)
        {
            var now = new ChangeCursor(_epoch, _last);
            if (place is not { } known || known.Epoch != _epoch || known.Number > _last || known.Number < _last - _changes.Count)
            {
                return ([null], now, _next.Task);
            }

            var missed = _changes.Skip(_changes.Count - (int)(_last - known.Number)).Distinct().ToList();
            return (missed.Contains(null) ? [null] : missed, now, _next.Task);
        }
    }

    public void Dispose() => _source.Changed -= Add;

    private void Add(string? organizationId)
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            _last++;
            _changes.Enqueue(organizationId);
            if (_changes.Count > Remembered)
            {
                _changes.Dequeue();
            }

            (next, _next) = (_next, New());
        }

        next.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

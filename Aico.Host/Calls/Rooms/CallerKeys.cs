using System.Text;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Collects the telephone keys that the caller presses into turns for the language model: a turn ends with #, or when no key came
/// for a while. Safe from any thread.
/// </summary>
internal sealed class CallerKeys : IDisposable
{
    /// <summary>How the language model sees keys, beside words.</summary>
    public const string Prefix = "[keys] ";

    private const string Known = "0123456789*#ABCD";
    private const int Longest = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly StringBuilder _turn = new();
    private readonly StringBuilder _all = new();
    private readonly Action<string> _take;
    private readonly ITimer _timer;

    public CallerKeys(TimeProvider time, Action<string> take)
    {
        _take = take;
        _timer = time.CreateTimer(_ => EndTurn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The latest keys of the call, for tools.</summary>
    public string All
    {
        get
        {
            lock (_lock)
            {
                return _all.ToString();
            }
        }
    }

    /// <summary>Takes a key. Returns false for what is none.</summary>
    public bool Press(string key)
    {
        if (key.Length != 1 || !Known.Contains(key[0], StringComparison.Ordinal))
        {
            return false;
        }

        bool isEnd;
        lock (_lock)
        {
            _turn.Append(key);
            _all.Append(key);
            if (_all.Length > Longest)
            {
                _all.Remove(0, 1);
            }

            isEnd = key == "#" || _turn.Length >= Longest;
        }

        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        if (isEnd)
        {
            EndTurn();
        }

        return true;
    }

    public void Dispose() => _timer.Dispose();

    private void EndTurn()
    {
        string keys;
        lock (_lock)
        {
            keys = _turn.ToString();
            _turn.Clear();
        }

        if (keys.Length > 0)
        {
            _take(Prefix + keys);
        }
    }
}

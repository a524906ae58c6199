using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Sees the turns of all calls of this process and keeps what the host added to each. Safe from any thread.</summary>
internal sealed class TurnWitness : IRoomExtensionFactory
{
    private readonly Lock _lock = new();
    private List<double> _addedLatencies = [];
    private Dictionary<string, List<double>> _stages = [];

    public IReadOnlyCollection<string> ByteTopics => [];

    public IRoomExtension Open(RoomCallAccess access) => new Extension(this);

    /// <summary>Milliseconds of each turn since the last time, as <c>aico bench loop</c> counts them.</summary>
    public IReadOnlyList<double> TakeAddedLatencies()
    {
        lock (_lock)
        {
            var taken = _addedLatencies;
            _addedLatencies = [];
            return taken;
        }
    }

    /// <summary>What each stage added to the turns since the last time, in milliseconds.</summary>
    public IReadOnlyDictionary<string, List<double>> TakeStages()
    {
        lock (_lock)
        {
            var taken = _stages;
            _stages = [];
            return taken;
        }
    }

    private void Add(TurnRecord turn, double added)
    {
        lock (_lock)
        {
            _addedLatencies.Add(added);
            foreach (var (name, took) in turn.Timings.Stages())
            {
                if (!_stages.TryGetValue(name, out var all))
                {
                    _stages[name] = all = [];
                }

                all.Add(took.TotalMilliseconds);
            }
        }
    }

    private sealed class Extension(TurnWitness witness) : IRoomExtension
    {
        private readonly Dictionary<int, TimeSpan> _delays = [];

        public void On(CallEvent callEvent)
        {
            if (callEvent is TurnDecided decided)
            {
                _delays[decided.Turn] = decided.Delay;
            }
            else if (callEvent is TurnCompleted { Turn: { Timings: { Played: { } played, EndOfSpeech: { } end } } turn }
                && _delays.Remove(turn.Number, out var delay))
            {
                witness.Add(turn, (played - end - delay).TotalMilliseconds);
            }
        }

        public void On(RoomEvent roomEvent)
        {
            // The turns say all.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using Aico.Host.Calls;

namespace Aico.Host.Cli.Bench.Chain;

/// <summary>Sees when the one turn of a call is decided and when its first token comes.</summary>
internal sealed class BenchedTurn : ICallObserver
{
    public double? FirstTokenMs { get; private set; }

    /// <summary>Told when the turn is over.</summary>
    public Action Over { get; set; } = () => { };

    public void On(CallEvent callEvent)
    {
        if (callEvent is TurnCompleted { Turn: var turn })
        {
            FirstTokenMs = (turn.Timings.FirstToken - turn.Timings.TurnDecided)?.TotalMilliseconds;
            Over();
        }
    }
}

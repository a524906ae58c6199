namespace Aico.Host.Cli.Bench.Chain;

/// <summary>What a stand-in does.</summary>
internal enum BenchedState
{
    Serving,

    /// <summary>Refuses after its latency.</summary>
    Failing,

    /// <summary>Takes the request and says nothing.</summary>
    Silent,
}

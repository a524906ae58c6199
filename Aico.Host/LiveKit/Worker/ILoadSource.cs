namespace Aico.Host.LiveKit.Worker;

/// <summary>Something that can be too much for this host.</summary>
internal interface ILoadSource
{
    /// <summary>Since the last question, from 0 (nothing to do) to 1 (no more is possible). Asked each status interval, from one thread at a time.</summary>
    double Measure();
}

namespace Aico.Host.LiveKit.Worker;

/// <summary>The host's load: the worst of its sources.</summary>
internal sealed class WorkerLoad(IReadOnlyList<ILoadSource> sources)
{
    private double _current;

    public double Current => Volatile.Read(ref _current);

    public void Measure()
    {
        var worst = 0.0;
        foreach (var source in sources)
        {
            var load = source.Measure();
            worst = Math.Max(worst, double.IsNaN(load) ? 0 : Math.Clamp(load, 0, 1));
        }

        Volatile.Write(ref _current, worst);
    }
}

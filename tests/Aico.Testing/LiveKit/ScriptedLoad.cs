using Aico.Host.LiveKit.Worker;

namespace Aico.Testing.LiveKit;

/// <summary>A load that a test sets.</summary>
internal sealed class ScriptedLoad : ILoadSource
{
    public double Load { get; set; }

    public int Measurements { get; private set; }

    public double Measure()
    {
        Measurements++;
        return Load;
    }
}

namespace Aico.Host.LiveKit.Worker;

/// <summary>How long what callers say waits to be heard. Half a second is as good as not keeping up.</summary>
/// <param name="takeWorst">The worst age since the last question.</param>
internal sealed class AudioAgeLoad(Func<TimeSpan> takeWorst) : ILoadSource
{
    private static readonly TimeSpan TooMuch = TimeSpan.FromMilliseconds(500);

    public double Measure() => Math.Clamp(takeWorst() / TooMuch, 0, 1);
}

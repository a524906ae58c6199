using System.Collections.Concurrent;

namespace Aico.Host.Audio;

/// <summary>
/// The coefficients for one pair of rates: a Kaiser windowed sinc, cut into one row of taps per phase.
/// Immutable, and shared by all calls that convert between the same rates (48 to 16 kHz: 1.5 kB; 44.1 to 16 kHz: 118 kB).
/// </summary>
internal sealed class ResamplerFilter
{
    /// <summary>
    /// Half the length of the filter in periods of the lower rate. It is the delay too: 2 ms at 16 kHz, 4 ms at 8 kHz.
    /// At 70 dB of stop band the transition takes 13 % of the lower Nyquist frequency: 16 kHz keeps speech up to 6.9 kHz.
    /// </summary>
    private const int HalfPeriods = 32;

    private const double StopbandDb = 70;

    /// <summary>Above this many phases neighbours are interpolated linearly; the error of that, about -106 dB, is below 16 bit.</summary>
    private const int MostPhases = 512;

    /// <summary>Odd rates come from files that callers bring: beyond this many pairs filters are built but not kept.</summary>
    private const int MostCached = 64;

    private static readonly ConcurrentDictionary<(int From, int To), ResamplerFilter> Cache = new();

    private readonly float[] coefficients;

    private ResamplerFilter(int from, int to)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        Up = to / divisor;
        Down = from / divisor;
        var narrowing = Math.Min(1.0, (double)to / from);
        Half = (int)Math.Ceiling(HalfPeriods / narrowing);
        Half += (4 - (Half % 4)) % 4;
        Phases = Math.Min(Up, MostPhases);
        Interpolates = Up > MostPhases;
        coefficients = Build(narrowing);
    }

    /// <summary>Output samples for each <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    public int Down { get; }

    /// <summary>Input samples that an output needs on either side of it; a multiple of four.</summary>
    public int Half { get; }

    public int Taps => 2 * Half;

    public int Phases { get; }

    public bool Interpolates { get; }

    public static ResamplerFilter For(int from, int to)
    {
        if (Cache.TryGetValue((from, to), out var known))
        {
            return known;
        }

        var filter = new ResamplerFilter(from, to);
        return Cache.Count < MostCached ? Cache.GetOrAdd((from, to), filter) : filter;
    }

    /// <summary>Taps for an output that lies <paramref name="phase"/> / <see cref="Phases"/> after an input sample.</summary>
    public ReadOnlySpan<float> Row(int phase) => coefficients.AsSpan(phase * Taps, Taps);

    private float[] Build(double narrowing)
    {
        var beta = 0.1102 * (StopbandDb - 8.7);
        var width = HalfPeriods / narrowing;
        // The stop band begins at the lower Nyquist frequency, so that nothing folds back; the pass band pays for it.
        var transition = (StopbandDb - 8) / (2.285 * 2 * HalfPeriods * Math.PI);
        var cutoff = narrowing * (1 - (transition / 2));
        // One row more than phases: the last neighbour when interpolating.
        var rows = new float[(Phases + 1) * Taps];
        var row = new double[Taps];
        for (var phase = 0; phase <= Phases; phase++)
        {
            var sum = 0.0;
            for (var tap = 0; tap < Taps; tap++)
            {
                var distance = tap - Half + 1 - ((double)phase / Phases);
                row[tap] = Sinc(cutoff * distance) * Kaiser(distance / width, beta);
                sum += row[tap];
            }

            for (var tap = 0; tap < Taps; tap++)
            {
                // Every phase has a gain of one at 0 Hz: otherwise a constant input would hum at the phase rate.
                rows[(phase * Taps) + tap] = (float)(row[tap] / sum);
            }
        }

        return rows;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double position, double beta) =>
        Math.Abs(position) >= 1 ? 0 : Bessel(beta * Math.Sqrt(1 - (position * position))) / Bessel(beta);

    /// <summary>Modified Bessel function of the first kind, order zero, by its power series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var n = 1; term > sum * 1e-12; n++)
        {
            term *= x * x / (4.0 * n * n);
            sum += term;
        }

        return sum;
    }
}

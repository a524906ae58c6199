using System.Globalization;

namespace Aico.Host.Api;

/// <summary>How often a key may ask.</summary>
/// <param name="PerSecond">In the long run.</param>
/// <param name="Burst">At once, after it was quiet.</param>
internal sealed record ApiRate(double PerSecond, double Burst)
{
    public static ApiRate Default { get; } = new(100, 200);

    /// <summary>Reads "100" or "100/200", requests a second and the burst; "off" is null. False where it is none of these.</summary>
    public static bool TryParse(string text, out ApiRate? rate)
    {
        rate = null;
        if (text.Trim() == "off")
        {
            return true;
        }

        var parts = text.Split('/');
        if (parts.Length > 2 || !IsNumber(parts[0], out var perSecond) || !IsNumber(parts[^1], out var burst))
        {
            return false;
        }

        rate = new ApiRate(perSecond, parts.Length == 2 ? burst : perSecond * 2);
        return true;
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= 1_000_000;
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Aico.Host.Providers;

/// <summary>How times are written in settings: "250ms", "1.5s", "2m", "1h" or "00:02:00". A bare number has no unit and is refused.</summary>
internal static partial class Duration
{
    public const string Pattern = @"^-?(\d+(\.\d+)?(ms|s|m|h)|(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d{1,7})?)$";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (!Form().IsMatch(text))
        {
            return false;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        }

        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? TimeSpan.TicksPerMillisecond : text[^1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            _ => TimeSpan.TicksPerHour,
        };
        var number = decimal.TryParse(text.TrimEnd('m', 's', 'h'), NumberStyles.Number, CultureInfo.InvariantCulture, out var value);
        if (!number || decimal.Abs(value) > (decimal)TimeSpan.MaxValue.Ticks / unit)
        {
            return false;
        }

        duration = new TimeSpan((long)(value * unit));
        return true;
    }

    /// <summary>Writes a time in the largest unit that needs no fraction.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, name) = duration.Ticks switch
        {
            0 => (TimeSpan.TicksPerSecond, "s"),
            var ticks when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            var ticks when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "m"),
            var ticks when ticks % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "s"),
            _ => (TimeSpan.TicksPerMillisecond, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / unit}{name}");
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}

namespace Aico.Host.Calls.TurnTaking;

/// <summary>Picks the next of several moments.</summary>
internal static class Moments
{
    /// <summary>The earliest that still lies ahead; null where none does.</summary>
    public static TimeSpan? Next(TimeSpan now, params ReadOnlySpan<TimeSpan> moments)
    {
        TimeSpan? next = null;
        foreach (var moment in moments)
        {
            if (moment > now && (next is null || moment < next))
            {
                next = moment;
            }
        }

        return next;
    }

    public static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a < b ? a : b;
}

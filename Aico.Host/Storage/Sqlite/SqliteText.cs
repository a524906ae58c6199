namespace Aico.Host.Storage.Sqlite;

/// <summary>How values lie in columns.</summary>
internal static class SqliteText
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    /// <summary>Milliseconds; what is finer is cut off, so that a moment never comes back as a later one.</summary>
    public static long Of(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static object? Of(DateTimeOffset? moment) => moment is { } known ? Of(known) : null;

    public static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Whole numbers add up exactly, and the price of one token of the cheapest models is some tens of nanodollars.</summary>
    public static object? OfDollars(decimal? dollars) => dollars is { } known ? (long)decimal.Round(known * NanosPerDollar) : null;

    public static decimal Dollars(long nanos) => nanos / NanosPerDollar;
}

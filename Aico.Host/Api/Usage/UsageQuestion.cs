using System.Globalization;
using Aico.Host.Storage;

namespace Aico.Host.Api.Usage;

/// <summary>What usage is asked for, at the API and at the command line.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Grouping">By what it is summed.</param>
internal sealed record UsageQuestion(DateTimeOffset From, DateTimeOffset To, UsageGrouping Grouping)
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3_660);

    /// <param name="from">Empty: 30 days before the end.</param>
    /// <param name="to">Empty: now.</param>
    /// <param name="by">Parts, joined by commas; empty: everything in one sum.</param>
    /// <param name="now">This moment.</param>
    /// <param name="wrong">Makes the exception for a part's name and what it should be.</param>
    public static UsageQuestion Read(string? from, string? to, string? by, DateTimeOffset now, Func<string, string, Exception> wrong)
    {
        var end = Time("to", to, wrong) ?? now;
        var start = Time("from", from, wrong) ?? (end - DateTimeOffset.MinValue > DefaultSpan ? end - DefaultSpan : DateTimeOffset.MinValue);
        if (start >= end || end - start > LongestSpan)
        {
            throw wrong("from", "It lies before \"to\", by ten years at most.");
        }

        var grouping = UsageGrouping.None;
        foreach (var part in (by ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            grouping |= part switch
            {
                "day" => UsageGrouping.Day,
                "provider" => UsageGrouping.Provider,
                "model" => UsageGrouping.Model,
                "outcome" => UsageGrouping.Outcome,
                _ => throw wrong("by", "It is made of day, provider, model, outcome."),
            };
        }

        return new UsageQuestion(start, end, grouping);
    }

    private static DateTimeOffset? Time(string name, string? text, Func<string, string, Exception> wrong) =>
        string.IsNullOrEmpty(text) ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw wrong(name, "It is a date or a date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z.");
}

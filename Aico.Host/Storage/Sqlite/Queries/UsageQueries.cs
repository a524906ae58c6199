using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite.Queries;

internal static class UsageQueries
{
    // Who sends one again does so within minutes, or is a host that was cut off for some days.
    private static readonly TimeSpan BatchesAreKnown = TimeSpan.FromDays(14);

    private static readonly string Shares = string.Concat(
        new[] { "useful", "cancelled", "speculative", "failed", "probe" }
            .Select(outcome => $", sum(outcome = '{outcome}'), coalesce(sum(cost) FILTER (WHERE outcome = '{outcome}'), 0)"));

    public static bool Add(SqliteSession session, IReadOnlyList<UsageRow> usage)
    {
        foreach (var row in usage)
        {
            session.Execute(
                "INSERT INTO usage (organization_id, at, session_id, turn, kind, provider, model, chain_position, outcome, failure, connect_ms, "
                + "first_result_ms, audio_seconds, characters, input_tokens, cached_input_tokens, output_tokens, cost) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
                row.OrganizationId, SqliteText.Of(row.At), row.SessionId, (long?)row.Turn, row.Kind, row.Provider, row.Model,
                (long)row.ChainPosition, row.Outcome, row.Failure, row.ConnectLatency?.TotalMilliseconds, row.FirstResultLatency?.TotalMilliseconds,
                row.AudioSeconds, row.Characters, row.InputTokens, row.CachedInputTokens, row.OutputTokens, SqliteText.OfDollars(row.Cost));
        }

        return true;
    }

    public static bool AddOnce(SqliteSession session, string organizationId, string batchId, IReadOnlyList<UsageRow> usage, DateTimeOffset now)
    {
        session.Execute("DELETE FROM usage_batches WHERE at < $1", SqliteText.Of(now - BatchesAreKnown));
        return session.Execute("INSERT OR IGNORE INTO usage_batches (organization_id, id, at) VALUES ($1, $2, $3)", organizationId, batchId, SqliteText.Of(now)) == 1
            && Add(session, usage);
    }

    public static IReadOnlyList<UsageSum> Sum(SqliteSession session, string organizationId, DateTimeOffset from, DateTimeOffset to, UsageGrouping grouping) => session.List(
        Statement(grouping), Map, organizationId, SqliteText.Of(from), SqliteText.Of(to));

    /// <summary>One of sixteen texts, so that each is prepared once. A part that is not asked for is the same for all rows, and groups nothing.</summary>
    private static string Statement(UsageGrouping grouping)
    {
        var day = grouping.HasFlag(UsageGrouping.Day) ? "date(at / 1000, 'unixepoch')" : "NULL";
        var (kind, provider) = grouping.HasFlag(UsageGrouping.Provider) ? ("kind", "provider") : ("NULL", "NULL");
        var model = grouping.HasFlag(UsageGrouping.Model) ? "model" : "NULL";
        var outcome = grouping.HasFlag(UsageGrouping.Outcome) ? "outcome" : "NULL";
        return $"SELECT {day}, {kind}, {provider}, {model}, {outcome}, count(*), sum(outcome = 'failed'), sum(chain_position > 0), sum(audio_seconds), "
            + $"sum(characters), sum(input_tokens), sum(cached_input_tokens), sum(output_tokens), coalesce(sum(cost), 0), sum(cost IS NULL){Shares} "
            // The last condition lets a range without rows answer no row, as it does with groups.
            + "FROM usage WHERE organization_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 0 ORDER BY 1, 2, 3, 4, 5";
    }

    private static UsageSum Map(SqliteDataReader reader) => new()
    {
        Day = reader.IsDBNull(0) ? null : DateOnly.ParseExact(reader.GetString(0), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Kind = Text(reader, 1),
        Provider = Text(reader, 2),
        Model = Text(reader, 3),
        Outcome = Text(reader, 4),
        Attempts = reader.GetInt64(5),
        Errors = reader.GetInt64(6),
        Fallbacks = reader.GetInt64(7),
        AudioSeconds = reader.GetDouble(8),
        Characters = reader.GetInt64(9),
        InputTokens = reader.GetInt64(10),
        CachedInputTokens = reader.GetInt64(11),
        OutputTokens = reader.GetInt64(12),
        Cost = SqliteText.Dollars(reader.GetInt64(13)),
        Unpriced = reader.GetInt64(14),
        Outcomes = new UsageSplit(Share(reader, 15), Share(reader, 17), Share(reader, 19), Share(reader, 21), Share(reader, 23)),
    };

    private static UsageShare Share(SqliteDataReader reader, int column) => new(reader.GetInt64(column), SqliteText.Dollars(reader.GetInt64(column + 1)));

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

using System.Text.Json.Nodes;
using Aico.Host.Calls.Rooms;
using Aico.Host.Hosts;
using Aico.Host.Organizations.Documents;
using Aico.Host.Storage;

namespace Aico.Host.Api.Sessions;

/// <summary>
/// The sessions of an organization, newest first: those of this process, which knows their state best, and those that run on other hosts,
/// as they were reported, among those that the store remembers.
/// </summary>
internal sealed class SessionList(RoomCallRegistry calls, HostRegistry? hosts, IStore? store)
{
    public async ValueTask<JsonObject> ReadAsync(string organization, OrganizationDocument? document, bool? live, ApiPage page, CancellationToken ct)
    {
        var at = SessionCursor.Parse(page.After);
        var own = calls.List().Where(call => call.OrganizationId == organization && SessionOwner.Is(document, call)).ToDictionary(call => call.Id, StringComparer.Ordinal);
        var elsewhere = (hosts?.Sessions(organization) ?? []).Where(session => !own.ContainsKey(session.Id) && SessionOwner.Is(document, session)).ToList();
        var shown = new List<JsonObject>();
        while (true)
        {
            var (items, isEnd) = await NextAsync(organization, own, elsewhere, at, page.Limit, ct);
            foreach (var item in items)
            {
                if (live is null || item.IsLive == live)
                {
                    shown.Add(item.View);
                }

                at = item.At;
                if (shown.Count == page.Limit)
                {
                    var isLast = isEnd && item == items[^1];
                    return ApiPage.Answer("sessions", shown, isLast ? null : at.ToString());
                }
            }

            if (isEnd)
            {
                return ApiPage.Answer("sessions", shown, null);
            }
        }
    }

    private async ValueTask<(List<(SessionCursor At, bool IsLive, JsonObject View)> Items, bool IsEnd)> NextAsync(
        string organization, Dictionary<string, RoomCallInfo> own, List<RunningSession> elsewhere, SessionCursor? at, int limit, CancellationToken ct)
    {
        var rows = store is null ? [] : await store.ListSessionsAsync(organization, at is { } before ? (before.Started, before.Id) : null, limit, ct);
        var isEnd = rows.Count < limit;
        var stored = rows.Where(row => !own.ContainsKey(row.Id)).Select(row => (At: SessionCursor.Of(row), IsLive: row.Ended is null, View: SessionView.Summary(row)));
        // Those of hosts that lie further back than the store's page come with a later page.
        var end = isEnd ? null : (SessionCursor?)SessionCursor.Of(rows[^1]);
        // One that the store remembers has ended since its host's last report.
        var there = elsewhere.Where(session => rows.All(row => row.Id != session.Id)).Select(session => (At: SessionCursor.Of(session), IsLive: true, Show: (Func<JsonObject>)(() => SessionView.Summary(session))));
        var running = own.Values.Select(call => (At: SessionCursor.Of(call), IsLive: call.Ended is null, Show: (Func<JsonObject>)(() => SessionView.Summary(call)))).Concat(there)
            .Where(call => (at is not { } from || call.At.IsBehind(from)) && (end is not { } to || !call.At.IsBehind(to)))
            .Select(call => (call.At, call.IsLive, View: call.Show()));
        List<(SessionCursor At, bool IsLive, JsonObject View)> items =
            [.. stored.Concat(running).OrderByDescending(item => item.At.Started).ThenByDescending(item => item.At.Id, StringComparer.Ordinal)];
        return (items, isEnd);
    }
}

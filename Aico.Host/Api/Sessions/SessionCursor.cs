using System.Globalization;
using Aico.Host.Calls.Rooms;
using Aico.Host.Hosts;
using Aico.Host.Storage;

namespace Aico.Host.Api.Sessions;

/// <summary>A place in the list of sessions, which goes from the newest back.</summary>
/// <param name="Started">Of the last session that was shown.</param>
/// <param name="Id">Likewise.</param>
internal readonly record struct SessionCursor(DateTimeOffset Started, string Id)
{
    public static SessionCursor Of(RoomCallInfo call) => new(call.Started, call.Id);

    public static SessionCursor Of(RunningSession session) => new(session.Started, session.Id);

    public static SessionCursor Of(SessionRow row) => new(row.Started, row.Id);

    /// <exception cref="ApiException">It is no cursor.</exception>
    public static SessionCursor? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split('_', 2);
        return parts.Length == 2
            && parts[1].Length > 0
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new SessionCursor(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : throw ApiPage.NotACursor();
    }

    /// <summary>True where this one comes behind the other in the list.</summary>
    public bool IsBehind(SessionCursor other) =>
        Started < other.Started || (Started == other.Started && string.CompareOrdinal(Id, other.Id) < 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Started.UtcTicks}_{Id}");
}

namespace Aico.Host.Storage;

/// <param name="Id">Of the call.</param>
/// <param name="OrganizationId">Whose.</param>
/// <param name="RoomName">Where.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">Null while it goes on.</param>
/// <param name="Summary">The text of a JSON object as lists show it.</param>
/// <param name="Document">The text of a JSON object with turns and timings; null in lists.</param>
internal sealed record SessionRow(
    string Id, string OrganizationId, string RoomName, DateTimeOffset Started, DateTimeOffset? Ended, string Summary, string? Document);

namespace Aico.Host.Storage;

/// <param name="Sequence">Grows; never used twice.</param>
/// <param name="OrganizationId">Whose configuration was changed.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">Such as "provider.put" or "secret.delete".</param>
/// <param name="Subject">What of the organization, such as a provider's key; empty for the organization itself.</param>
/// <param name="Before">The text of a JSON value; null where there was none. Never a secret.</param>
/// <param name="After">Likewise.</param>
internal sealed record AuditRow(
    long Sequence, string OrganizationId, DateTimeOffset At, string Actor, string Action, string Subject, string? Before, string? After);

using Aico.Host.Organizations.Documents;

namespace Aico.Host.Cli.Organizations.Desks;

/// <param name="After">The organization as it is now.</param>
/// <param name="IsNew">True where there was none.</param>
/// <param name="Changes">How many were made.</param>
/// <param name="Unset">Secrets that the file names and that have no value, and why.</param>
internal sealed record OrganizationImported(OrganizationDocument After, bool IsNew, int Changes, IReadOnlyList<string> Unset);

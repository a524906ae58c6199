namespace Aico.Host.Organizations.Documents;

/// <param name="Id">Permanent.</param>
/// <param name="Name">For people.</param>
/// <param name="Revision">Of its last change.</param>
/// <param name="Origin">Where it is configured.</param>
/// <param name="File">The file that describes it; null where none does.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was changed last.</param>
internal sealed record OrganizationSummary(
    string Id, string Name, long Revision, ConfigurationOrigin Origin, string? File, DateTimeOffset Created, DateTimeOffset Updated);

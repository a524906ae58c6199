namespace Aico.Host.Storage;

/// <param name="Id">Lower case letters, digits, hyphens; permanent.</param>
/// <param name="Name">For people.</param>
/// <param name="Revision">Of its last change, of whatever part.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When anything of it was changed last.</param>
internal sealed record OrganizationRow(string Id, string Name, long Revision, DateTimeOffset Created, DateTimeOffset Updated);

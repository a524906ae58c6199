namespace Aico.Host.Api.Organizations;

/// <summary>The body of POST /api/organizations and PUT /api/organizations/{id}.</summary>
internal sealed record OrganizationBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

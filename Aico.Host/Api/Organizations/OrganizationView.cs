using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Api.Organizations;

/// <summary>An organization as the API shows it.</summary>
internal static class OrganizationView
{
    public static JsonObject Of(OrganizationSummary organization) => Of(
        organization.Id, organization.Name, organization.Revision, organization.Origin, organization.File, organization.Created, organization.Updated);

    public static JsonObject Of(OrganizationDocument organization) => Of(
        organization.Id, organization.Name, organization.Revision, organization.Origin, organization.File, organization.Created, organization.Updated);

    /// <summary>One that calls can have although it is configured nowhere has no dates.</summary>
    public static JsonObject Of(ResolvedOrganization organization) => organization.Document is { } document
        ? Of(document)
        : Of(organization.Id, organization.Id, 0, ConfigurationOrigin.Environment, null, default, default);

    private static JsonObject Of(string id, string name, long revision, ConfigurationOrigin origin, string? file, DateTimeOffset created, DateTimeOffset updated) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["revision"] = revision,
        ["origin"] = ApiJson.Name(origin),
        ["file"] = file,
        ["createdAt"] = created == default ? null : ApiJson.Time(created),
        ["updatedAt"] = updated == default ? null : ApiJson.Time(updated),
    };
}

using System.Text.Json.Nodes;
using Aico.Host.Organizations.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Organizations;

/// <summary>/api/organization-files: what became of the files that describe organizations. They name paths of the host: the operator's alone.</summary>
internal static class OrganizationFileEndpoints
{
    // Not below /api/organizations, where an organization could have this name.
    public const string Path = "/api/organization-files";

    public static void Map(IEndpointRouteBuilder routes, ApiConfiguration configuration) =>
        routes.Map("GET", Path, new ApiOperation("listOrganizationFiles", "Organizations", "The files that describe organizations, with what is wrong with each and since when the last good one is used.", ApiAccess.Operator)
        {
            Answer = "OrganizationFileList",
        }, http => ApiReply.WriteAsync(http, new JsonObject { ["files"] = new JsonArray([.. configuration.Files().Select(View)]) }));

    private static JsonObject View(OrganizationFileStatus file) => new()
    {
        ["organizationId"] = file.Id,
        ["file"] = file.File,
        ["isServed"] = file.IsServed,
        ["revision"] = file.Revision,
        ["servedSince"] = file.ServedSince is { } taken ? ApiJson.Time(taken) : null,
        ["brokenSince"] = file.BrokenSince is { } broken ? ApiJson.Time(broken) : null,
        ["errors"] = new JsonArray([.. file.Errors.Select(error => new JsonObject
        {
            ["pointer"] = error.Pointer,
            ["line"] = error.Line,
            ["column"] = error.Column,
            ["message"] = error.Message,
        })]),
    };
}

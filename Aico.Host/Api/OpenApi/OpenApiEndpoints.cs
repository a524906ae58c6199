using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.OpenApi;

/// <summary>/openapi: the API's description for programs, and a page that shows it. It holds nothing of this host.</summary>
internal static class OpenApiEndpoints
{
    public const string DocumentPath = "/openapi/v1.json";
    private const string PagePath = "/openapi";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Made at the first request: by then all is mapped, and who never asks pays nothing.
        var document = new Lazy<byte[]>(() => ApiReply.Bytes(OpenApiWriter.Write(routes.DataSources.SelectMany(source => source.Endpoints))));
        var page = new Lazy<byte[]>(() => OpenApiResources.Read("page.html"));
        routes.Map("GET", DocumentPath, new ApiOperation("getOpenApi", "Description", "This document.", ApiAccess.Open)
        {
            Answer = "OpenApiDocument",
        }, http => ApiReply.WriteAsync(http, document.Value, ApiReply.Tag(document.Value, null)));
        routes.Map("GET", PagePath, new ApiOperation("getOpenApiPage", "Description", "A page that shows this document.", ApiAccess.Open)
        {
            Answer = "Page",
            AnswerType = "text/html",
        }, async http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
            await http.Response.Body.WriteAsync(page.Value, http.RequestAborted);
        });
    }
}

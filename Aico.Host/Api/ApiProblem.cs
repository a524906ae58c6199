using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>A kind of problem: its type is stable, and docs/api.md lists all of them.</summary>
/// <param name="Type">The end of the type URI.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same for every problem of the kind.</param>
internal sealed record ApiProblem(string Type, int Status, string Title)
{
    public static ApiProblem Invalid { get; } = new("invalid-request", StatusCodes.Status400BadRequest, "The request is not valid.");

    public static ApiProblem Unauthenticated { get; } = new("unauthenticated", StatusCodes.Status401Unauthorized, "A valid API key is needed.");

    public static ApiProblem OriginNotAllowed { get; } = new("origin-not-allowed", StatusCodes.Status403Forbidden, "Pages of this origin may not call the API.");

    public static ApiProblem NotFound { get; } = new("not-found", StatusCodes.Status404NotFound, "There is no such thing.");

    public static ApiProblem UnknownOrganization { get; } = new("unknown-organization", StatusCodes.Status404NotFound, "There is no such organization.");

    public static ApiProblem Internal { get; } = new("internal", StatusCodes.Status500InternalServerError, "Something went wrong in the host.");

    public static ApiProblem LiveKitFailed { get; } = new("livekit-failed", StatusCodes.Status502BadGateway, "The LiveKit server refused or failed.");

    public static ApiProblem LiveKitNotConfigured { get; } = new("livekit-not-configured", StatusCodes.Status503ServiceUnavailable, "This host has no LiveKit server.");

    public static ApiProblem AgentNotReady { get; } = new("agent-not-ready", StatusCodes.Status504GatewayTimeout, "No agent became ready in time.");

    public static ApiProblem Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Invalid,
        StatusCodes.Status404NotFound => NotFound,
        _ => new ApiProblem($"http-{status}", status, "The request cannot be served."),
    };
}

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

    public static ApiProblem BudgetSpent { get; } = new("budget-spent", StatusCodes.Status402PaymentRequired, "The organization's budget does not allow new calls.");

    public static ApiProblem OriginNotAllowed { get; } = new("origin-not-allowed", StatusCodes.Status403Forbidden, "Pages of this origin may not call the API.");

    public static ApiProblem InsufficientScope { get; } = new("insufficient-scope", StatusCodes.Status403Forbidden, "The key is not for this.");

    public static ApiProblem OperatorOnly { get; } = new("operator-only", StatusCodes.Status403Forbidden, "Only the operator of the host may do this.");

    public static ApiProblem NotFound { get; } = new("not-found", StatusCodes.Status404NotFound, "There is no such thing.");

    public static ApiProblem UnknownOrganization { get; } = new("unknown-organization", StatusCodes.Status404NotFound, "There is no such organization.");

    public static ApiProblem UnknownProvider { get; } = new("unknown-provider", StatusCodes.Status404NotFound, "There is no such provider.");

    public static ApiProblem NoProvider { get; } = new("no-provider", StatusCodes.Status404NotFound, "The organization has no provider of this kind.");

    public static ApiProblem MethodNotAllowed { get; } = new("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The method is not one of this path.");

    public static ApiProblem AlreadyExists { get; } = new("already-exists", StatusCodes.Status409Conflict, "There is one already.");

    public static ApiProblem ManagedByFile { get; } = new("managed-by-file", StatusCodes.Status409Conflict, "The organization is described by a file.");

    public static ApiProblem IdempotencyInProgress { get; } = new("idempotency-in-progress", StatusCodes.Status409Conflict, "The same request is being served.");

    public static ApiProblem RevisionConflict { get; } = new("revision-conflict", StatusCodes.Status412PreconditionFailed, "It was changed in the meantime.");

    public static ApiProblem MissingSecrets { get; } = new("missing-secrets", StatusCodes.Status412PreconditionFailed, "Secrets are missing.");

    public static ApiProblem TooLarge { get; } = new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large.");

    public static ApiProblem UnsupportedMediaType { get; } = new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body must be JSON.");

    public static ApiProblem IdempotencyMismatch { get; } = new("idempotency-mismatch", StatusCodes.Status422UnprocessableEntity, "The idempotency key was used for another request.");

    public static ApiProblem TooManyRequests { get; } = new("too-many-requests", StatusCodes.Status429TooManyRequests, "Too many requests.");

    public static ApiProblem Internal { get; } = new("internal", StatusCodes.Status500InternalServerError, "Something went wrong in the host.");

    public static ApiProblem LiveKitFailed { get; } = new("livekit-failed", StatusCodes.Status502BadGateway, "The LiveKit server refused or failed.");

    public static ApiProblem ProviderFailed { get; } = new("provider-failed", StatusCodes.Status502BadGateway, "The provider refused or failed.");

    public static ApiProblem LiveKitNotConfigured { get; } = new("livekit-not-configured", StatusCodes.Status503ServiceUnavailable, "This host has no LiveKit server.");

    public static ApiProblem ConfigurationUnavailable { get; } = new("configuration-unavailable", StatusCodes.Status503ServiceUnavailable, "The configuration cannot be read or written at present.");

    public static ApiProblem HostStopping { get; } = new("host-stopping", StatusCodes.Status503ServiceUnavailable, "The host is being stopped and takes no more calls.");

    public static ApiProblem AgentNotReady { get; } = new("agent-not-ready", StatusCodes.Status504GatewayTimeout, "No agent became ready in time.");

    public static IReadOnlyList<ApiProblem> All { get; } =
    [
        Invalid, Unauthenticated, BudgetSpent, OriginNotAllowed, InsufficientScope, OperatorOnly, NotFound, UnknownOrganization, UnknownProvider, NoProvider,
        MethodNotAllowed, AlreadyExists, ManagedByFile, IdempotencyInProgress, RevisionConflict, MissingSecrets, TooLarge, UnsupportedMediaType,
        IdempotencyMismatch, TooManyRequests, Internal, LiveKitFailed, ProviderFailed, LiveKitNotConfigured, ConfigurationUnavailable, HostStopping, AgentNotReady,
    ];

    public static ApiProblem Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Invalid,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        _ => new ApiProblem($"http-{status}", status, "The request cannot be served."),
    };
}

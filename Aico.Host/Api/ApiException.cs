using System.Text.Json.Nodes;

namespace Aico.Host.Api;

/// <summary>A request that cannot be served; becomes a problem details answer.</summary>
internal sealed class ApiException(ApiProblem problem, string detail, IReadOnlyList<ApiFieldError>? errors = null) : Exception(detail)
{
    public ApiProblem Problem => problem;

    public IReadOnlyList<ApiFieldError> Errors => errors ?? [];

    /// <summary>What the answer says besides, by member.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Members { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>When to come again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>One field is wrong.</summary>
    /// <param name="pointer">Into the body; ?name is a query parameter, @Name a header.</param>
    /// <param name="message">What would be right.</param>
    public static ApiException Field(string pointer, string message) => new(
        ApiProblem.Invalid,
        pointer.StartsWith('?') ? "The query is not valid." : pointer.StartsWith('@') ? "A header is not valid." : "One field is not valid.",
        [new ApiFieldError(pointer, message)]);
}

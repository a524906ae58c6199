namespace Aico.Host.Api;

/// <summary>A request that cannot be served; becomes a problem details answer.</summary>
internal sealed class ApiException(ApiProblem problem, string detail, IReadOnlyList<ApiFieldError>? errors = null) : Exception(detail)
{
    public ApiProblem Problem => problem;

    public IReadOnlyList<ApiFieldError> Errors => errors ?? [];
}

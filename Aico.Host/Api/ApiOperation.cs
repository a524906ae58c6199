namespace Aico.Host.Api;

/// <summary>What an endpoint says of itself: who may use it, and what the OpenAPI document tells of it.</summary>
/// <param name="Id">Unique, such as "putProviderConfig".</param>
/// <param name="Tag">What it belongs to.</param>
/// <param name="Summary">A sentence.</param>
/// <param name="Access">Who may use it.</param>
internal sealed record ApiOperation(string Id, string Tag, string Summary, ApiAccess Access)
{
    /// <summary>The status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The schema of the answer; null: no body.</summary>
    public string? Answer { get; init; }

    /// <summary>The schema of the request's body; null: none is read.</summary>
    public string? Body { get; init; }

    /// <summary>Another type of the answer than JSON.</summary>
    public string AnswerType { get; init; } = "application/json";

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Besides those that any operation can have.</summary>
    public IReadOnlyList<ApiProblem> Problems { get; init; } = [];

    /// <summary>True where the answer differs by organization.</summary>
    public bool IsOfOrganization { get; init; }

    /// <summary>True where If-Match is heeded.</summary>
    public bool HasRevision { get; init; }

    /// <summary>False for a POST that cannot be repeated by key, such as a webhook.</summary>
    public bool TakesIdempotencyKey { get; init; } = true;
}

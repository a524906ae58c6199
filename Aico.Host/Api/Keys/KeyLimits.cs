using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;

namespace Aico.Host.Api.Keys;

/// <summary>
/// What a key may do with keys: never more than it may do itself, and for no longer. Else whoever has a narrow key would have every key.
/// </summary>
internal static class KeyLimits
{
    /// <exception cref="ApiException">A scope is wider than the caller's own.</exception>
    public static void CheckScopes(ApiCaller caller, IReadOnlyList<string> scopes, string pointer)
    {
        if (caller.IsOperator)
        {
            return;
        }

        List<ApiFieldError> wider = [.. scopes.Index()
            .Where(scope => !caller.Scopes.Contains(scope.Item))
            .Select(scope => new ApiFieldError($"{pointer}/{scope.Index}", "A key cannot give a scope that it does not have."))];
        if (wider.Count > 0)
        {
            throw new ApiException(ApiProblem.Invalid, "The new key would be wider than the one that makes it.", wider);
        }
    }

    /// <summary>The key, where the caller may touch it.</summary>
    /// <exception cref="ApiException">It is not there, or is wider than the caller's own.</exception>
    public static async ValueTask<ApiKeyRow> RequireAsync(ApiCaller caller, ApiKeys keys, string organization, string id, CancellationToken ct)
    {
        var key = (await keys.ListAsync(organization, ct)).FirstOrDefault(key => key.Id == id)
            ?? throw new ApiException(ApiProblem.NotFound, "The organization has no such key.");
        return caller.IsOperator || key.Scopes.All(caller.Scopes.Contains)
            ? key
            : throw new ApiException(ApiProblem.InsufficientScope, "The key has scopes that the caller's key does not have.");
    }

    /// <summary>When a key that the caller makes ends at the latest; null: never.</summary>
    public static async ValueTask<DateTimeOffset?> LatestEndAsync(ApiCaller caller, ApiKeys keys, string organization, CancellationToken ct) =>
        caller.KeyId is { } own ? (await keys.ListAsync(organization, ct)).FirstOrDefault(key => key.Id == own) is { } row ? Earlier(row.Expires, row.Ended) : null
        : null;

    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}

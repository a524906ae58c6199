using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>Who makes a request.</summary>
/// <param name="Name">For the audit log, such as "key:k_3f". No secret.</param>
/// <param name="OrganizationId">The only organization that the caller may know of; null: the operator, who may act for all.</param>
/// <param name="Scopes">What an organization's caller may do; the operator may do everything.</param>
internal sealed record ApiCaller(string Name, string? OrganizationId, IReadOnlyCollection<string> Scopes)
{
    /// <summary>Has the internal key.</summary>
    public static ApiCaller Internal { get; } = new("internal", null, ApiKeyScopes.All);

    /// <summary>A program of this machine, where no internal key is set.</summary>
    public static ApiCaller Local { get; } = new("local", null, ApiKeyScopes.All);

    public bool IsOperator => OrganizationId is null;

    /// <summary>Tells callers apart: an identity provider may give people of two organizations one name.</summary>
    public string Identity => $"{OrganizationId}\n{Name}";

    /// <summary>The key that was used, where it is an organization's.</summary>
    public string? KeyId { get; init; }

    /// <summary>True for those who may see secrets in clear: hosts that run agents.</summary>
    public bool SeesSecrets => ReferenceEquals(this, Internal);

    public StoreActor Actor => new(Name);

    public static ApiCaller Of(ApiKeyIdentity key) => new($"key:{key.KeyId}", key.OrganizationId, key.Scopes) { KeyId = key.KeyId };

    public static ApiCaller Of(HttpContext http) =>
        http.Features.Get<ApiCaller>() ?? throw new InvalidOperationException("The endpoint is open: nobody was asked who they are.");
}

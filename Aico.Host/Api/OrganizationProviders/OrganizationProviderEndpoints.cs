using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.OrganizationProviders;

/// <summary>/api/organizations/current/providers: what an organization has set of each provider.</summary>
internal static class OrganizationProviderEndpoints
{
    public const string Tag = "Organization's providers";
    public const string Path = "/api/organizations/current/providers";
    private const int HighestPriority = 1_000_000;

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("GET", Path, new ApiOperation("listOrganizationProviders", Tag, "Every provider with this organization's settings; secrets as set or not set.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "OrganizationProviderList",
            IsOfOrganization = true,
            Parameters = [ApiParameter.Kind, new ApiParameter("enabled", "true: only those that are enabled; false: only the others.", """{"type":"boolean"}""")],
        }, http => ListAsync(http, services));
        routes.Map("GET", $"{Path}/{{key}}", new ApiOperation("getOrganizationProvider", Tag, "One provider with this organization's settings.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "OrganizationProvider",
            IsOfOrganization = true,
            Problems = [ApiProblem.UnknownProvider],
        }, http => ReadAsync(http, services));
        routes.Map("PUT", $"{Path}/{{key}}/config", new ApiOperation("putProviderConfig", Tag, "Sets a provider's settings, whether it is used, and its place in the fallback order.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Body = "ProviderConfig",
            Answer = "OrganizationProvider",
            IsOfOrganization = true,
            HasRevision = true,
            Problems = [ApiProblem.UnknownProvider, ApiProblem.ManagedByFile],
        }, http => PutAsync(http, services));
        routes.Map("DELETE", $"{Path}/{{key}}/config", new ApiOperation("deleteProviderConfig", Tag, "Takes a provider's settings away; its secrets stay.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Status = StatusCodes.Status204NoContent,
            IsOfOrganization = true,
            HasRevision = true,
            Problems = [ApiProblem.ManagedByFile],
        }, http => DeleteAsync(http, services));
    }

    /// <summary>The document of the request's organization; null where the host's environment alone serves it.</summary>
    public static async ValueTask<OrganizationDocument?> DocumentAsync(HttpContext http, ApiServices services) =>
        (await ApiOrganization.ResolveAsync(http, services)).Document;

    private static async Task ListAsync(HttpContext http, ApiServices services)
    {
        var (kind, enabled) = (ApiQuery.Kind(http), ApiQuery.Flag(http, "enabled"));
        var resolved = await ApiOrganization.ResolveAsync(http, services);
        var providers = resolved.Definitions
            .Where(definition => kind is null || definition.Kind == kind)
            .Where(definition => enabled is null || (resolved.Document?.Provider(definition.Key)?.IsEnabled ?? false) == enabled)
            .Select(definition => OrganizationProviderView.Of(definition, resolved.Document))
            .Concat(Gone(resolved, kind, enabled));
        await ApiReply.WriteAsync(
            http,
            new JsonObject { ["organizationId"] = resolved.Id, ["revision"] = resolved.Document?.Revision ?? 0, ["providers"] = new JsonArray([.. providers]) },
            resolved.Document?.Revision);
    }

    // What is configured and no plugin brings any more: left out, it would look as if it had never been.
    private static IEnumerable<JsonObject> Gone(ResolvedOrganization resolved, ProviderKind? kind, bool? enabled) => kind is not null ? [] :
        (resolved.Document?.Providers ?? [])
            .Where(provider => resolved.Definitions.All(definition => definition.Key != provider.Key) && (enabled is null || provider.IsEnabled == enabled))
            .Select(provider => OrganizationProviderView.OfGone(provider, resolved.Document!));

    private static async Task ReadAsync(HttpContext http, ApiServices services)
    {
        var definition = ProviderEndpoints.Require(services.RequireConfiguration().Catalog, ApiQuery.Path(http, "key"));
        var document = await DocumentAsync(http, services);
        await ApiReply.WriteAsync(http, OrganizationProviderView.Of(definition, document), document?.Provider(definition.Key)?.Revision);
    }

    private static async Task PutAsync(HttpContext http, ApiServices services)
    {
        var (configuration, ct) = (services.RequireConfiguration(), http.RequestAborted);
        var definition = ProviderEndpoints.Require(configuration.Catalog, ApiQuery.Path(http, "key"));
        var organization = ApiOrganization.Of(http, services);
        var body = await ApiJson.ReadAsync<ProviderConfigBody>(http);
        if (body.Config is not (null or JsonObject))
        {
            throw ApiException.Field("/config", "It is an object of settings.");
        }

        if (body.Priority is < -HighestPriority or > HighestPriority)
        {
            throw ApiException.Field("/priority", $"It is from -{HighestPriority} to {HighestPriority}.");
        }

        var now = await configuration.Changes.RequireStoredAsync(organization, ct);
        var expected = ApiRevision.Expected(http, now.Provider(definition.Key)?.Revision ?? 0);
        CheckAddress(http, now, definition, body.Config as JsonObject);
        var patch = new ProviderPatch(body.Config as JsonObject, body.IsEnabled, body.Priority);
        var document = await ApiFaults.AtAsync(
            "/config", () => configuration.Changes.PutProviderAsync(organization, definition.Key, patch, expected, ApiCaller.Of(http).Actor, ct));
        await ApiReply.WriteAsync(http, OrganizationProviderView.Of(definition, document), document.Provider(definition.Key)?.Revision);
    }

    // Who decides where a secret is sent can read it there.
    private static void CheckAddress(HttpContext http, OrganizationDocument document, ProviderDefinition definition, JsonObject? config)
    {
        if (config is null || ApiCaller.Of(http).Scopes.Contains(ApiKeyScopes.SecretsWrite) || !document.SecretsOf(definition.Key).Any())
        {
            return;
        }

        var before = document.Provider(definition.Key)?.Config ?? [];
        var changed = config.Select(setting => setting.Key).Union(before.Select(setting => setting.Key))
            .FirstOrDefault(name => OrganizationResolver.IsFixed(name) && !JsonNode.DeepEquals(config[name], before[name]));
        if (changed is not null)
        {
            throw new ApiException(
                ApiProblem.InsufficientScope,
                $"\"{definition.Key}\" has secrets, which are sent where \"{changed}\" leads: to change it a key needs the scope {ApiKeyScopes.SecretsWrite} too.")
            {
                Members = new Dictionary<string, JsonNode?> { ["scope"] = ApiKeyScopes.SecretsWrite },
            };
        }
    }

    private static async Task DeleteAsync(HttpContext http, ApiServices services)
    {
        var (configuration, ct) = (services.RequireConfiguration(), http.RequestAborted);
        var (organization, key) = (ApiOrganization.Of(http, services), ApiQuery.Path(http, "key"));
        var now = await configuration.Changes.RequireStoredAsync(organization, ct);
        var expected = ApiRevision.Expected(http, now.Provider(key)?.Revision ?? 0);
        await configuration.Changes.DeleteProviderAsync(organization, key, expected, ApiCaller.Of(http).Actor, ct);
        ApiReply.Empty(http);
    }
}

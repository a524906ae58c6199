using Aico.Host.Api.Agents;
using Aico.Host.Api.Audit;
using Aico.Host.Api.Backend;
using Aico.Host.Api.Enabled;
using Aico.Host.Api.Explaining;
using Aico.Host.Api.Health;
using Aico.Host.Api.Hosts;
using Aico.Host.Api.Keys;
using Aico.Host.Api.LiveKit;
using Aico.Host.Api.OpenApi;
using Aico.Host.Api.OrganizationProviders;
using Aico.Host.Api.Organizations;
using Aico.Host.Api.Providers;
using Aico.Host.Api.Sessions;
using Aico.Host.Api.Status;
using Aico.Host.Api.Trials;
using Aico.Host.Api.Usage;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api;

/// <summary>Everything that the API answers to.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ApiServices services, bool healthOnly)
    {
        HealthEndpoints.Map(routes, services);
        if (services.Telemetry is { } telemetry)
        {
            StatusEndpoints.Map(routes, telemetry);
        }

        if (healthOnly)
        {
            return;
        }

        SessionEndpoints.Map(routes, services);
        LiveKitEndpoints.Map(routes, services);
        if (services.Configuration is { } configuration)
        {
            ProviderEndpoints.Map(routes, configuration);
            TrialEndpoints.Map(routes, services);
            ChainTrialEndpoints.Map(routes, services);
            EnabledEndpoints.Map(routes, services);
            OrganizationEndpoints.Map(routes, services);
            OrganizationFileEndpoints.Map(routes, configuration);
            OrganizationProviderEndpoints.Map(routes, services);
            SecretEndpoints.Map(routes, services);
            ExplainEndpoints.Map(routes, services);
            AgentEndpoints.Map(routes, services);
            KeyEndpoints.Map(routes, services);
            UsageEndpoints.Map(routes, services);
            AuditEndpoints.Map(routes, services);
        }

        if (services.Hosts is { } hosts)
        {
            HostEndpoints.Map(routes, hosts);
            if (services.Backend is { } reportedTo)
            {
                HostEndpoints.MapReports(routes, reportedTo, hosts);
            }
        }

        if (services.Backend is { } backend)
        {
            BackendEndpoints.Map(routes, backend, services.Time);
            if (services.Configuration is { } kept)
            {
                BackendSessionEndpoints.Map(routes, backend, kept);
                BackendUsageEndpoints.Map(routes, backend, kept);
            }
        }

        OpenApiEndpoints.Map(routes);
    }

    /// <summary>Every endpoint says who may use it, or the API does not start.</summary>
    /// <exception cref="InvalidOperationException">One does not.</exception>
    public static void RequireDeclarations(IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in routes.DataSources.SelectMany(source => source.Endpoints))
        {
            if (endpoint.Metadata.GetMetadata<ApiOperation>() is null)
            {
                throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} does not declare who may use it.");
            }
        }
    }
}

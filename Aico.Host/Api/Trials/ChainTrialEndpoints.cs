using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.OrganizationProviders;
using Aico.Host.Calls.Trials;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Trials;

/// <summary>POST /api/organizations/current/chains/{type}/test: real requests through an organization's chain.</summary>
internal static class ChainTrialEndpoints
{
    // Each of them asks every provider of a chain, and some of those cost money.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static void Map(IEndpointRouteBuilder routes, ApiServices services) =>
        routes.Map("POST", "/api/organizations/current/chains/{type}/test", new ApiOperation("testChain", OrganizationProviderEndpoints.Tag, "Sends a real request to each provider of a chain and through the chain, with a fault on wish.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Body = "ChainTest",
            Answer = "ChainTestResult",
            IsOfOrganization = true,
            Problems = [ApiProblem.NoProvider, ApiProblem.ProviderFailed],
        }, http => TestAsync(http, services));

    private static async Task TestAsync(HttpContext http, ApiServices services)
    {
        var kind = ApiQuery.KindOfPath(http);
        if (!ChainTrials.Kinds.Contains(kind))
        {
            throw new ApiException(ApiProblem.NotFound, $"\"{ProviderKinds.Code(kind)}\" has no chain; it is one of {string.Join(", ", ChainTrials.Kinds.Select(ProviderKinds.Code))}.");
        }

        var body = await ApiJson.ReadAsync<ChainTestBody>(http);
        InjectedFault? fault = null;
        if (body.Inject is { } code)
        {
            fault = InjectedFaults.Parse(code) ?? throw ApiException.Field("/inject", $"It is one of {string.Join(", ", InjectedFaults.Codes)}.");
        }

        var organization = await ApiOrganization.ResolveAsync(http, services);
        organization.Require(kind);
        var configuration = services.RequireConfiguration();
        await OneAtATime.WaitAsync(http.RequestAborted);
        try
        {
            var trials = new ChainTrials(configuration.Factory, configuration.Catalog, services.Time, services.Loggers);
            var result = await trials.RunAsync(organization, kind, fault, http.RequestAborted);
            await ApiReply.WriteOnceAsync(http, View(kind, result));
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static JsonObject View(ProviderKind kind, ChainTrialResult result) => new()
    {
        ["type"] = ProviderKinds.Code(kind),
        ["entries"] = new JsonArray([.. result.Entries.Select(View)]),
        ["run"] = new JsonObject
        {
            ["injected"] = result.Run.Injected?.Code(),
            ["answered"] = result.Run.Answered,
            ["reason"] = result.Run.Reason,
            ["answeredBy"] = result.Run.AnsweredBy,
            ["failoverMs"] = Milliseconds(result.Run.Failover),
            ["firstResultMs"] = Milliseconds(result.Run.FirstResult),
            ["attempts"] = new JsonArray([.. result.Run.Attempts.Select(View)]),
        },
    };

    private static JsonObject View(EntryTrial trial) => new()
    {
        ["provider"] = trial.Provider,
        ["position"] = trial.Position,
        ["ok"] = trial.Ok,
        ["connectMs"] = Milliseconds(trial.Connect),
        ["firstResultMs"] = Milliseconds(trial.FirstResult),
        ["tookMs"] = Milliseconds(trial.Duration),
        ["failure"] = trial.Failure is { } failure ? ApiJson.Name(failure) : null,
        ["message"] = trial.Message,
    };

    private static double? Milliseconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalMilliseconds, 1) : null;
}

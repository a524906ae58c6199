using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.OrganizationProviders;
using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aico.Host.Api.Trials;

/// <summary>Asks the real services with an organization's stored settings: whether they would serve, and what they offer.</summary>
internal static class TrialEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes, ApiServices services)
    {
        routes.Map("POST", $"{OrganizationProviderEndpoints.Path}/{{key}}/test", new ApiOperation("testProvider", OrganizationProviderEndpoints.Tag, "Checks the stored settings and credentials against the real service.", ApiAccess.Of(ApiKeyScopes.ProvidersWrite))
        {
            Answer = "TestResult",
            IsOfOrganization = true,
            Problems = [ApiProblem.UnknownProvider, ApiProblem.MissingSecrets],
        }, http => TestAsync(http, services));
        routes.Map("GET", "/api/providers/{key}/models", new ApiOperation("listModels", ProviderEndpoints.Tag, "The models that the service offers with the organization's settings.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "ModelList",
            IsOfOrganization = true,
            Problems = [ApiProblem.UnknownProvider, ApiProblem.MissingSecrets, ApiProblem.ProviderFailed],
        }, http => ListAsync<IModelCatalog>(http, services, ModelsAsync));
        routes.Map("GET", "/api/providers/{key}/voices", new ApiOperation("listVoices", ProviderEndpoints.Tag, "The voices that the service offers with the organization's settings.", ApiAccess.Of(ApiKeyScopes.ProvidersRead))
        {
            Answer = "VoiceList",
            IsOfOrganization = true,
            Problems = [ApiProblem.UnknownProvider, ApiProblem.MissingSecrets, ApiProblem.ProviderFailed],
        }, http => ListAsync<IVoiceCatalog>(http, services, VoicesAsync));
    }

    private static async Task TestAsync(HttpContext http, ApiServices services)
    {
        var configuration = services.RequireConfiguration();
        var definition = ProviderEndpoints.Require(configuration.Catalog, ApiQuery.Path(http, "key"));
        var document = await OrganizationProviderEndpoints.DocumentAsync(http, services);
        var started = services.Time.GetTimestamp();
        JsonObject Answer(bool ok, string message, string? failure = null, IReadOnlyList<string>? warnings = null) => new()
        {
            ["ok"] = ok,
            ["message"] = message,
            ["failure"] = failure,
            ["warnings"] = new JsonArray([.. (warnings ?? []).Select(warning => (JsonNode)warning)]),
            ["latencyMs"] = Math.Round(services.Time.GetElapsedTime(started).TotalMilliseconds, 1),
        };
        JsonObject answer;
        try
        {
            await using var provider = TrialProvider.Make(configuration.Factory, definition, document);
            if (provider.As<IProviderProbe>() is { } probe)
            {
                var report = await AskAsync(http, services, ct => probe.ProbeAsync(ct));
                answer = Answer(true, report.Summary, warnings: report.Warnings);
            }
            else
            {
                answer = Answer(true, "The settings are valid and the provider could be made; it has no check of its own.");
            }
        }
        catch (ProviderException e)
        {
            answer = Answer(false, e.Message, ApiJson.Name(e.Failure));
        }
        catch (SettingsException e)
        {
            answer = Answer(false, e.Message, ApiJson.Name(ProviderFailure.InvalidRequest));
        }

        await ApiReply.WriteOnceAsync(http, answer);
    }

    private static async Task ListAsync<T>(HttpContext http, ApiServices services, Func<ProviderDefinition, T?, CancellationToken, ValueTask<JsonObject?>> list)
        where T : class
    {
        var configuration = services.RequireConfiguration();
        var definition = ProviderEndpoints.Require(configuration.Catalog, ApiQuery.Path(http, "key"));
        var document = await OrganizationProviderEndpoints.DocumentAsync(http, services);
        await using var provider = TrialProvider.Make(configuration.Factory, definition, document);
        var answer = await AskAsync(http, services, ct => list(definition, provider.As<T>(), ct))
            ?? throw new ApiException(ApiProblem.NotFound, $"\"{definition.Key}\" does not list what it offers.");
        await ApiReply.WriteOnceAsync(http, answer);
    }

    private static async ValueTask<JsonObject?> ModelsAsync(ProviderDefinition definition, IModelCatalog? catalog, CancellationToken ct) => catalog is null ? null : new JsonObject
    {
        ["models"] = new JsonArray([.. (await catalog.ListModelsAsync(ct)).Select(model => new JsonObject
        {
            ["id"] = model.Id,
            ["displayName"] = model.DisplayName,
            ["contextWindow"] = model.ContextWindow,
            ["languages"] = Texts(model.Languages),
            ["endsOn"] = model.EndsOn?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        })]),
    };

    // Where only the plugin knows voices, its list is what there is.
    private static async ValueTask<JsonObject?> VoicesAsync(ProviderDefinition definition, IVoiceCatalog? catalog, CancellationToken ct)
    {
        var known = (definition.Capabilities as TextToSpeechCapabilities)?.Voices ?? [];
        if (catalog is null && known.Count == 0)
        {
            return null;
        }

        var voices = catalog is null ? [.. known.Select(name => new VoiceInfo(name))] : await catalog.ListVoicesAsync(ct);
        return new JsonObject
        {
            ["voices"] = new JsonArray([.. voices.Select(voice => new JsonObject
            {
                ["id"] = voice.Id,
                ["displayName"] = voice.DisplayName,
                ["description"] = voice.Description,
                ["languages"] = Texts(voice.Languages),
                ["preview"] = voice.Preview?.OriginalString,
            })]),
        };
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    // A probe sets no limit of its own.
    private static async ValueTask<T> AskAsync<T>(HttpContext http, ApiServices services, Func<CancellationToken, ValueTask<T>> ask)
    {
        using var limit = new CancellationTokenSource(Patience, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        try
        {
            return await ask(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.TimedOut, $"The service did not answer within {Patience.TotalSeconds:0} seconds.");
        }
    }
}

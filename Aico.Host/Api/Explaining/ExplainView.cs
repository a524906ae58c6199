using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Api.Explaining;

/// <summary>
/// A chain with the origin of each value. The host's environment is the operator's: others learn which provider it names, not how it
/// is set.
/// </summary>
internal static class ExplainView
{
    /// <exception cref="NoProviderException">There is none.</exception>
    public static JsonObject Primary(ResolvedOrganization organization, ProviderKind kind, bool isOperator)
    {
        if (organization.Primary(kind) is not { } primary)
        {
            throw isOperator ? new NoProviderException(organization, kind)
                : new ApiException(ApiProblem.NoProvider, $"None of the organization's {ProviderKinds.Code(kind)} providers can be used; \"explain\" says why.");
        }

        return new JsonObject
        {
            ["organizationId"] = organization.Id,
            ["key"] = primary.Key,
            ["type"] = ProviderKinds.Code(kind),
            ["displayName"] = primary.Definition.Descriptor.DisplayName,
            ["origin"] = ApiJson.Name(primary.Origin),
            ["config"] = IsHidden(primary.Origin, isOperator) ? null : ProviderDefaults.With(primary.Definition, primary.Settings),
            ["priority"] = PriorityOf(primary),
            ["revision"] = primary.Revision,
            ["version"] = organization.Version,
        };
    }

    public static JsonObject Of(ResolvedOrganization organization, ProviderKind kind, TimeSpan? stale, bool isOperator) => new()
    {
        ["organizationId"] = organization.Id,
        ["agent"] = organization.AgentName,
        ["type"] = ProviderKinds.Code(kind),
        ["mode"] = ApiJson.Name(organization.Mode),
        ["version"] = organization.Version,
        ["staleSeconds"] = stale?.TotalSeconds,
        ["chain"] = new JsonArray([.. organization.Chain(kind).Select(entry => Entry(entry, isOperator))]),
        ["problems"] = new JsonArray([.. organization.Problems.Where(problem => problem.Kind is null || problem.Kind == kind).Select(problem => Problem(problem, isOperator))]),
    };

    private static JsonObject Entry(ResolvedProvider entry, bool isOperator) => new()
    {
        ["key"] = entry.Key,
        ["displayName"] = entry.Definition.Descriptor.DisplayName,
        ["origin"] = ApiJson.Name(entry.Origin),
        ["priority"] = PriorityOf(entry),
        ["revision"] = entry.Revision,
        ["values"] = new JsonArray([.. Values(entry, isOperator)]),
        ["secrets"] = new JsonArray([.. entry.Definition.Settings.Secrets.Select(secret => Secret(entry, secret.Name))]),
    };

    private static IEnumerable<JsonNode> Values(ResolvedProvider entry, bool isOperator) =>
        ProviderDefaults.With(entry.Definition, entry.Settings).OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting =>
        {
            var pointer = $"/{setting.Key}";
            var origin = entry.Origins.GetValueOrDefault(pointer, ConfigurationOrigin.Default);
            return new JsonObject
            {
                ["pointer"] = pointer,
                ["origin"] = ApiJson.Name(origin),
                ["value"] = IsHidden(origin, isOperator) ? null : setting.Value?.DeepClone(),
                ["isHidden"] = IsHidden(origin, isOperator),
            };
        });

    private static JsonObject Secret(ResolvedProvider entry, string name)
    {
        var isSet = entry.Secrets.ContainsKey(name);
        return new JsonObject { ["name"] = name, ["set"] = isSet, ["origin"] = isSet ? ApiJson.Name(entry.Origin) : null };
    }

    private static JsonObject Problem(ResolutionProblem problem, bool isOperator) => new()
    {
        ["provider"] = problem.ProviderKey,
        ["pointer"] = problem.Pointer,
        ["message"] = problem.ProviderKey == "environment" && !isOperator ? "The host's own provider of this kind cannot be used." : problem.Message,
        ["missingSecret"] = problem.MissingSecret,
    };

    private static bool IsHidden(ConfigurationOrigin origin, bool isOperator) => origin == ConfigurationOrigin.Environment && !isOperator;

    // An entry of the environment stands behind all others, whatever their priority.
    private static JsonNode? PriorityOf(ResolvedProvider entry) => entry.Origin == ConfigurationOrigin.Environment ? null : entry.Priority;
}

using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>An organization has no provider of a kind that a call needs.</summary>
internal sealed class NoProviderException(ResolvedOrganization organization, ProviderKind kind) : Exception(Describe(organization, kind))
{
    public ProviderKind Kind { get; } = kind;

    private static string Describe(ResolvedOrganization organization, ProviderKind kind)
    {
        var code = ProviderKinds.Code(kind);
        var problems = organization.Problems.Where(problem => problem.Kind is null || problem.Kind == kind).ToList();
        var why = problems.Count == 0
            ? organization.Mode == ConfigurationMode.Backend ? " None is enabled, and the environment is not asked (PROVIDER_ENV_FALLBACK=false)." : ""
            : " " + string.Join(" ", problems.Select(problem => $"{problem.ProviderKey}: {problem.Message}"));
        return $"The organization \"{organization.Id}\" has no {code} provider that can be used.{why}";
    }
}

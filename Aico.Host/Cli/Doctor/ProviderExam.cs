using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Trials;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Doctor;

/// <summary>The providers that the environment chooses, each asked as <c>aico providers test</c> asks it.</summary>
internal static class ProviderExam
{
    public static async Task<IReadOnlyList<DoctorFinding>> LookAsync(AicoHost host, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var chosen = new EnvironmentProviders(environment, [], new Dictionary<ProviderKind, string>());
        var findings = new List<DoctorFinding>();
        foreach (var kind in ChainTrials.Kinds)
        {
            ResolvedProvider? entry;
            try
            {
                entry = chosen.Find(kind, host.Catalog.Definitions, language: null, []);
            }
            catch (ProviderChoiceException e)
            {
                findings.Add(new DoctorFinding("provider", $"{ProviderKinds.Code(kind)} of the environment", DoctorStatus.Broken, ProviderKinds.Code(kind), e.Message, "Set the variables right: config/.env.example explains them."));
                continue;
            }

            if (entry is not null)
            {
                findings.Add(Finding(await ProbeOutcome.OfAsync(entry, host.Providers, host.Options.TimeProvider, ct)));
            }
        }

        return findings;
    }

    private static DoctorFinding Finding(ProbeOutcome outcome) => new(
        "provider",
        outcome.Key,
        !outcome.Ok ? DoctorStatus.Broken : outcome.Warnings.Count > 0 ? DoctorStatus.Warning : DoctorStatus.Ok,
        outcome.Type,
        string.Join(' ', outcome.Warnings.Prepend(outcome.Message)),
        outcome.Ok && outcome.Warnings.Count == 0 ? null : $"docs/PROVIDERS.md has its settings; \"aico providers test {outcome.Key}\" asks it again.");
}

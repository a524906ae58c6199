using System.Runtime.InteropServices;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary>What was found on this machine; its JSON form is a contract of <c>aico doctor --json</c>.</summary>
/// <param name="Ok">True where a conversation can be held without any further configuration, and nothing that is configured is broken.</param>
/// <param name="Conversation">What it needs, kind by kind.</param>
/// <param name="Findings">Everything that was looked at.</param>
internal sealed record DoctorReport(bool Ok, IReadOnlyList<DoctorPart> Conversation, IReadOnlyList<DoctorFinding> Findings)
{
    /// <param name="host">Its plugins, and what they need.</param>
    /// <param name="environment">What was found of what is configured.</param>
    public static DoctorReport Of(AicoHost host, IReadOnlyList<DoctorFinding> environment)
    {
        var requirements = host.Catalog.Definitions
            .SelectMany(provider => provider.Descriptor.Requirements.Select(requirement => (provider, requirement)))
            .GroupBy(need => (need.requirement.Kind, need.requirement.Name, need.provider.PluginId))
            .ToDictionary(needs => needs.Key, needs => Check(host, [.. needs]));

        var parts = ProviderKinds.All.Select(kind => PartOf(host, kind, requirements)).ToList();
        return new DoctorReport(
            parts.All(part => part.Ok) && environment.All(finding => finding.Status != DoctorStatus.Broken),
            parts,
            [Runtime(), .. host.Catalog.Plugins.Where(plugin => plugin.State != PluginState.Replaced).Select(Plugin), .. requirements.Values, LiveKit(host), .. environment]);
    }

    private static DoctorPart PartOf(
        AicoHost host, ProviderKind kind, Dictionary<(RequirementKind, string, string), DoctorFinding> requirements)
    {
        var complete = host.Catalog.Definitions
            .Where(provider => provider.Kind == kind && provider.Descriptor.Requirements.All(
                requirement => requirements[(requirement.Kind, requirement.Name, provider.PluginId)].Status == DoctorStatus.Ok))
            .ToLookup(provider => provider.Descriptor.Hosting == ProviderHosting.BuiltIn, provider => provider.Key);

        // Without a detector the call listens to the energy of the sound: worse, but a conversation.
        var ok = complete[true].Any() || kind == ProviderKind.VoiceActivity;
        return new DoctorPart(ProviderKinds.Code(kind), ok, [.. complete[true]], [.. complete[false]]);
    }

    private static DoctorFinding Check(AicoHost host, IReadOnlyList<(ProviderDefinition Provider, ProviderRequirement Requirement)> needs)
    {
        var (provider, requirement) = needs[0];
        var probe = RequirementProbe.Look(requirement, host.Providers.CreateContext(provider.Plugin));
        return new DoctorFinding(
            requirement.Kind switch { RequirementKind.NativeLibrary => "library", RequirementKind.Model => "model", _ => "program" },
            requirement.Name,
            probe.IsUsable ? DoctorStatus.Ok : probe.Path is null ? DoctorStatus.Missing : DoctorStatus.Broken,
            string.Join(", ", needs.Select(need => $"{need.Provider.Key} ({ProviderKinds.Code(need.Provider.Kind)})").Distinct()),
            probe.Problem ?? probe.Path,
            probe.IsUsable ? null : requirement.HowToGet);
    }

    private static DoctorFinding Runtime() => new(
        "runtime", RuntimeInformation.FrameworkDescription, DoctorStatus.Ok, "runs AICO", RuntimeInformation.RuntimeIdentifier, Remedy: null);

    private static DoctorFinding Plugin(PluginStatus plugin) => new(
        "plugin",
        plugin.Id,
        plugin.Rejection is null ? DoctorStatus.Ok : DoctorStatus.Broken,
        plugin.Providers.Count > 0 ? $"plugin with {string.Join(", ", plugin.Providers)}" : "plugin",
        plugin.Rejection?.Message ?? plugin.Note,
        plugin.Rejection?.Remedy);

    private static DoctorFinding LiveKit(AicoHost host)
    {
        var path = Path.Combine(host.Options.HostFolder, "native", "livekit_ffi.node");
        var file = new FileInfo(path);
        var status = !file.Exists ? DoctorStatus.Missing : file.Length == 0 ? DoctorStatus.Broken : DoctorStatus.Ok;
        return new DoctorFinding(
            "livekit",
            "livekit_ffi.node",
            status,
            "calls in LiveKit rooms; \"aico talk\" does without",
            path,
            status == DoctorStatus.Ok ? null : "Run the build script, which brings it, or copy native/ of a release beside the program.");
    }
}

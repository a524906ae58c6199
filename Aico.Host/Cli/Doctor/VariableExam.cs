using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Doctor;

/// <summary>Variables that nothing reads.</summary>
internal static class VariableExam
{
    public static IEnumerable<DoctorFinding> Look(IReadOnlyDictionary<string, string> environment) =>
        UnknownVariables.In(environment).Select(variable => new DoctorFinding(
            "variable",
            variable.Name,
            DoctorStatus.Warning,
            "nothing",
            "It is set, and AICO does not read it.",
            variable.Nearest is { } nearest ? $"Did you mean {nearest}?" : "Remove it; config/.env.example names every variable."));
}

using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Doctor;

/// <summary>Looks at all that a host is configured by, each thing by itself: what is wrong with one hides nothing of another.</summary>
internal static class EnvironmentExam
{
    public static async Task<IReadOnlyList<DoctorFinding>> RunAsync(AicoHost host, DoctorRequest request, CancellationToken ct)
    {
        var findings = new List<DoctorFinding>(VariableExam.Look(request.Environment));
        findings.AddRange(request.EnvironmentFiles.Select(KeyFileExam.EnvironmentFile).OfType<DoctorFinding>());
        if (!request.Environment.ContainsKey(ConfigurationSettings.BackendVariable))
        {
            findings.Add(await DatabaseExam.LookAsync(request.Folder));
            findings.Add(await KeyFileExam.LookAsync(request.Folder, request.Environment, host.Options.TimeProvider, ct));
            findings.Add(DiskExam.Look("data folder", "the database and its backups", request.Folder.Path, DiskExam.FreeBytes));
        }

        findings.Add(DiskExam.Look("temporary folder", "private copies of plugins", Path.GetTempPath(), DiskExam.FreeBytes));
        findings.Add(await PortExam.LookAsync(request.Port, host.Http, ct));
        findings.AddRange(await LiveKitExam.LookAsync(request.Environment, host.Http, host.Options.TimeProvider, ct));
        if (request.AsksProviders)
        {
            findings.AddRange(await ProviderExam.LookAsync(host, request.Environment, ct));
        }

        return findings;
    }
}

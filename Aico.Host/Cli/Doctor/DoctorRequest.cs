using Aico.Host.Storage;

namespace Aico.Host.Cli.Doctor;

/// <summary>What a host on this machine would be started with.</summary>
internal sealed record DoctorRequest
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The files that the environment was read from, whose modes are looked at.</summary>
    public IReadOnlyList<string> EnvironmentFiles { get; init; } = [];

    public required DataFolder Folder { get; init; }

    public required int Port { get; init; }

    /// <summary>True: providers are asked, which goes to their vendors.</summary>
    public bool AsksProviders { get; init; }
}

namespace Aico.Host.Cli;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">runtime, plugin, library, model, program or livekit; of the environment variable, database, key, disk, port, clock or provider.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Status">How it is.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Detail">Where it was found, or what is wrong with it.</param>
/// <param name="Remedy">What to do; null where nothing is to do.</param>
internal sealed record DoctorFinding(string Area, string Name, DoctorStatus Status, string Purpose, string? Detail, string? Remedy);

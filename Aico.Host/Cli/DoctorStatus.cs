namespace Aico.Host.Cli;

/// <summary>How a thing that was looked at is.</summary>
internal enum DoctorStatus
{
    Ok,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but of no use.</summary>
    Broken,
}

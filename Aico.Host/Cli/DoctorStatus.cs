namespace Aico.Host.Cli;

/// <summary>How a thing that was looked at is.</summary>
internal enum DoctorStatus
{
    Ok,

    /// <summary>Of use, but somebody should look at it.</summary>
    Warning,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but of no use.</summary>
    Broken,
}

namespace Aico.Host.Organizations.Files;

/// <summary>What became of a file in the organizations' folder.</summary>
/// <param name="Id">The organization that it names itself for.</param>
/// <param name="File">Its full path.</param>
/// <param name="IsServed">True where the organization is served from it, with errors as it was before them.</param>
/// <param name="Revision">Of what is served; null where nothing is.</param>
/// <param name="Errors">What is wrong with it as it is now; empty: nothing.</param>
/// <param name="ServedSince">When what is served was taken in by this process; null where nothing is.</param>
/// <param name="BrokenSince">When this process first found it unusable; null where it is good.</param>
internal sealed record OrganizationFileStatus(
    string Id, string File, bool IsServed, long? Revision, IReadOnlyList<OrganizationFileError> Errors, DateTimeOffset? ServedSince = null, DateTimeOffset? BrokenSince = null);

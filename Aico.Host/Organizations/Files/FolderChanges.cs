namespace Aico.Host.Organizations.Files;

/// <summary>Which files of a folder were written, as far as is known.</summary>
/// <param name="IsEverything">True where any may have been.</param>
/// <param name="Names">Those that certainly were.</param>
internal sealed record FolderChanges(bool IsEverything, IReadOnlySet<string> Names)
{
    /// <summary>True where the variables that files refer to may have changed too.</summary>
    public bool AreVariablesNew { get; init; }

    public bool Contains(string name) => IsEverything || Names.Contains(name);
}

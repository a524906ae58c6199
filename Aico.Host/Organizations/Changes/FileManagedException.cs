namespace Aico.Host.Organizations.Changes;

/// <summary>The organization is described by a file and is changed there.</summary>
internal sealed class FileManagedException(string organizationId, string file)
    : Exception($"The organization \"{organizationId}\" is described by {file}: change that file; it takes effect for the next call.")
{
    public string File { get; } = file;
}

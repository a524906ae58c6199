namespace Aico.Host.Organizations.Files;

/// <summary>An organization's file cannot be used; holds everything that is wrong with it.</summary>
internal sealed class OrganizationFileException(string file, IReadOnlyList<OrganizationFileError> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(error => error.At(file))))
{
    public IReadOnlyList<OrganizationFileError> Errors { get; } = errors;
}

using Aico.Host.Organizations.Files;

namespace Aico.Host.Usage.Prices;

/// <summary>A table of prices cannot be used; says everything that is wrong with it, and where.</summary>
internal sealed class PriceFileException(string file, IReadOnlyList<OrganizationFileError> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(error => error.At(file))))
{
    public IReadOnlyList<OrganizationFileError> Errors { get; } = errors;
}

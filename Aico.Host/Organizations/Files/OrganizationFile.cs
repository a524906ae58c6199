namespace Aico.Host.Organizations.Files;

/// <summary>Reads one organization's file, wherever it lies.</summary>
internal static class OrganizationFile
{
    /// <param name="path">The file; its name names the organization unless another id is given.</param>
    /// <param name="id">Null: as the file's name says.</param>
    /// <param name="reader">Checks it.</param>
    /// <exception cref="OrganizationFileException">It cannot be used; holds all that is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<OrganizationFileContent> ReadAsync(string path, string? id, OrganizationFileReader reader, CancellationToken ct)
    {
        var bytes = await File.ReadAllBytesAsync(path, ct);
        return reader.Read(id ?? Path.GetFileNameWithoutExtension(path), bytes, out var errors) ?? throw new OrganizationFileException(path, errors);
    }
}

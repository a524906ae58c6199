using System.Text;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Organizations.Files;

/// <summary>Reads what references to secrets name. Nothing is kept: a file is read again each time.</summary>
internal sealed class SecretReferences(IReadOnlyDictionary<string, string> environment)
{
    private const int LargestFile = 16_384;

    /// <summary>The value, or a sentence that says which variable or file is the trouble.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="folder">Where relative paths begin.</param>
    public (Secret? Value, string? Problem) Resolve(SecretReference reference, string folder)
    {
        if (!reference.IsFile)
        {
            return environment.GetValueOrDefault(reference.Name) is { } value && !string.IsNullOrWhiteSpace(value)
                ? Read(value, $"the environment variable {reference.Name}")
                : (null, $"It is to come from the environment variable {reference.Name}, which is not set.");
        }

        var path = Path.GetFullPath(reference.Name, folder);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // One byte more than allowed tells that there is more; a device has no length.
            var bytes = new byte[LargestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > LargestFile
                ? (null, $"The file {path} has more than {LargestFile} bytes: that is no secret.")
                : Read(Encoding.UTF8.GetString(bytes, 0, length), $"the file {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, e is FileNotFoundException or DirectoryNotFoundException
                ? $"It is to come from the file {path}, which is not there."
                : $"It is to come from the file {path}, which cannot be read: {e.Message}");
        }
    }

    // A line end at the end is what editors and "echo" add; inside a secret it would end a header and begin another.
    private static (Secret? Value, string? Problem) Read(string text, string where)
    {
        var value = text.Trim().TrimStart('\uFEFF');
        return value.Length == 0 ? (null, $"It is to come from {where}, which is empty.")
            : value.Any(char.IsControl) ? (null, $"It is to come from {where}, which holds more than one line or control characters.")
            : (new Secret(value), null);
    }
}

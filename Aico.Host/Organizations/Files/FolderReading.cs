using System.Security.Cryptography;
using Aico.Host.Organizations.Changes;

namespace Aico.Host.Organizations.Files;

/// <summary>Reads what has changed in the organizations' folder. Keeps nothing itself: each reading begins with what the last one found.</summary>
internal sealed class FolderReading(string folder, OrganizationFileReader reader, FileDocuments documents, TimeProvider time)
{
    /// <summary>True for the name of an organization's file; the schema of these files may lie among them, and editors leave hidden ones.</summary>
    public static bool IsOrganization(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".schema.json", StringComparison.Ordinal) && name[0] != '.';

    /// <summary>The files as they are now, by name.</summary>
    /// <param name="before">What was found last.</param>
    /// <param name="isChanged">True for names of which it is known, or not known for sure, that they were written.</param>
    /// <param name="readsBrokenAgain">True where what was wrong with a file may have become right without a change of it.</param>
    /// <param name="readsVariablesAgain">True where the variables that secrets come from may have changed.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public Dictionary<string, FileEntry> Read(IReadOnlyDictionary<string, FileEntry> before, Predicate<string> isChanged, bool readsBrokenAgain, bool readsVariablesAgain)
    {
        var found = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
        {
            // A share that is away for a while takes no organization with it.
            return before.Count == 0 ? found : throw new DirectoryNotFoundException($"The folder {folder} is gone.");
        }

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.json").Where(file => IsOrganization(file.Name)))
        {
            var known = before.GetValueOrDefault(file.Name);
            if (Stamp(file) is { } stamp)
            {
                var isKnown = known is not null && known.Stamp == stamp && !isChanged(file.Name) && !(readsBrokenAgain && known.Errors.Count > 0);
                found[file.Name] = isKnown ? WithSecrets(known!, readsVariablesAgain) : ReadFile(file, stamp, known, readsVariablesAgain);
            }
        }

        return found;
    }

    // A mounted file is often a link to a link to a file that is replaced; null: it went since it was listed.
    private static (long Length, DateTime Written)? Stamp(FileInfo file)
    {
        try
        {
            var target = file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true);
            return target is { Exists: true } ? (target.Length, target.LastWriteTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private FileEntry ReadFile(FileInfo file, (long Length, DateTime Written) stamp, FileEntry? known, bool readsVariablesAgain)
    {
        var id = Path.GetFileNameWithoutExtension(file.Name);
        var entry = (known ?? new FileEntry { Id = id, Path = file.FullName, Stamp = stamp }) with { Stamp = stamp };
        byte[] bytes;
        try
        {
            bytes = ReadAll(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The stamp of nothing: it is tried again.
            return entry with { Stamp = default, BrokenSince = entry.BrokenSince ?? time.GetUtcNow(), Errors = [new OrganizationFileError("", 0, 0, $"The file cannot be read: {e.Message}")] };
        }

        var hash = SHA256.HashData(bytes);
        if (entry.Errors.Count == 0 && entry.Hash.Span.SequenceEqual(hash))
        {
            return WithSecrets(entry, readsVariablesAgain);
        }

        if (reader.Read(id, bytes, out var errors) is not { } content)
        {
            return WithSecrets(entry with { Hash = hash, Errors = Same(errors, entry.Errors), BrokenSince = entry.BrokenSince ?? time.GetUtcNow() }, readsVariablesAgain);
        }

        var written = new DateTimeOffset(stamp.Written);
        return entry with
        {
            Hash = hash,
            Content = content,
            ContentHash = hash,
            Written = written,
            Document = documents.Make(content, hash, file.FullName, written),
            Taken = time.GetUtcNow(),
            BrokenSince = null,
            Errors = [],
            WasBrokenAtStart = false,
        };
    }

    // The same list tells that nothing has changed, so that nothing is said twice.
    private static IReadOnlyList<OrganizationFileError> Same(IReadOnlyList<OrganizationFileError> now, IReadOnlyList<OrganizationFileError> before) =>
        now.SequenceEqual(before) ? before : now;

    // A secret can change without the file: where it stands in a file of its own.
    private FileEntry WithSecrets(FileEntry entry, bool readsVariablesAgain)
    {
        if (entry.Content is not { } content || !content.Providers.Any(provider => provider.Secrets.Values.Any(secret => secret.IsFile || readsVariablesAgain)))
        {
            return entry;
        }

        var document = documents.Make(content, entry.ContentHash.Span, entry.Path, entry.Written);
        return document.Revision == entry.Document?.Revision ? entry : entry with { Document = document };
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[OrganizationFileReader.LargestFile + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }
}

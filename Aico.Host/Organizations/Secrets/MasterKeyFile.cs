using System.Text;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Secrets;

/// <summary>
/// A file of master keys: one in base64 a line, the current one first; lines with # are remarks. It is read again when it has changed, so
/// that a running host learns of a key that another process has made. The file has some hundred bytes; reading it does not wait.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="isOurs">False: it is mounted for us, often with the modes that a container platform gives to all secrets.</param>
internal sealed class MasterKeyFile(string path, bool isOurs) : IMasterKeySource
{
    private const string Remark = "# The keys that AICO's secrets are encrypted under, the current one first. Without them nobody can read the secrets; keep a copy apart from the database's.";

    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _seen;
    private IReadOnlyList<MasterKey> _keys = [];

    public string Place => path;

    public bool IsOurs => isOurs;

    public IReadOnlyList<MasterKey> Read()
    {
        lock (_lock)
        {
            try
            {
                var file = new FileInfo(path);
                if (!file.Exists)
                {
                    throw new MasterKeyException($"The master key file {path} is not there any more: put it back, or no secret can be read.");
                }

                var found = (file.LastWriteTimeUtc, file.Length);
                if (_keys.Count == 0 || found != _seen)
                {
                    RequirePrivate();
                    _keys = MasterKeyText.Parse(File.ReadAllText(path), $"The master key file {path}");
                    _seen = found;
                }

                return _keys;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new MasterKeyException($"The master key file {path} cannot be read: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Makes the file with a new key, where there is none.</summary>
    public void Ensure()
    {
        if (!File.Exists(path))
        {
            Write([MasterKey.Random()], overwrite: false);
        }
    }

    /// <summary>Replaces the keys, all at once and to stay: a reader sees the old file or the new one, also after a loss of power.</summary>
    public void Replace(IReadOnlyList<MasterKey> keys) => Write(keys, overwrite: true);

    private void Write(IReadOnlyList<MasterKey> keys, bool overwrite)
    {
        var partial = $"{path}.{Guid.NewGuid():n}";
        try
        {
            PrivateFiles.EnsureFolder(Path.GetDirectoryName(path)!);
            using (var file = PrivateFiles.Create(partial))
            {
                file.Write(Encoding.ASCII.GetBytes($"{Remark}\n{string.Concat(keys.Select(key => $"{key.ToBase64()}\n"))}"));
                file.Flush(flushToDisk: true);
            }

            PrivateFiles.Rename(partial, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            // Another process was first: its key counts.
            File.Delete(partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            throw new MasterKeyException($"The master key file {path} cannot be written: {fault.Message}", fault);
        }
    }

    private void RequirePrivate()
    {
        if (isOurs && PrivateFiles.AreOthersLetIn(path))
        {
            throw new MasterKeyException($"Others than its owner may read or write the master key file {path}. Run \"chmod 600 {path}\", and \"aico secrets rotate-key\" if somebody may have read it.");
        }
    }
}

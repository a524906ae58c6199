using Aico.Host.Storage;

namespace Aico.Host.Organizations.Secrets;

/// <summary>
/// The keys that wrap the keys of secrets. They lie outside the database: in AICO_MASTER_KEY, in the file that AICO_MASTER_KEY_FILE names,
/// or in master.key of the data folder, which the first start makes.
/// </summary>
internal sealed class MasterKeys
{
    public const string Variable = "AICO_MASTER_KEY";
    public const string FileVariable = "AICO_MASTER_KEY_FILE";

    private readonly IMasterKeySource _source;

    private MasterKeys(IMasterKeySource source) => _source = source;

    /// <summary>Where they come from, for messages.</summary>
    public string Place => _source.Place;

    /// <summary>True where AICO makes new keys by itself; false where the operator hands them in.</summary>
    public bool AreOurs => _source is MasterKeyFile { IsOurs: true };

    /// <summary>The key for what is encrypted now.</summary>
    /// <exception cref="MasterKeyException">The file of the keys is gone, or cannot be read any more.</exception>
    public MasterKey Current => _source.Read()[0];

    /// <summary>
    /// Opens the keys of a store. A missing key file is made for a store without secrets only: beside one that has some it was lost, and a new
    /// key would hide that until the next call.
    /// </summary>
    /// <exception cref="MasterKeyException">There is no usable key.</exception>
    public static async Task<MasterKeys> OpenAsync(DataFolder folder, IReadOnlyDictionary<string, string> environment, IStore store, CancellationToken ct)
    {
        var isOurs = environment.GetValueOrDefault(Variable) is null or "" && environment.GetValueOrDefault(FileVariable) is null or "";
        return isOurs && !File.Exists(folder.MasterKey) && (await store.SecretsNotUnderAsync("", 1, ct)).Count > 0
            ? throw new MasterKeyException(
                $"The database {folder.Database} holds secrets, and the key that they are encrypted under is missing: put {folder.MasterKey} back, or set {Variable}. Is it lost for good, make a new one (openssl rand -base64 {MasterKey.Length}) and set the secrets anew.")
            : Open(folder, environment);
    }

    /// <summary>Opens the keys; makes the key file where there is none and keys come from nowhere else.</summary>
    /// <exception cref="MasterKeyException">There is no usable key.</exception>
    public static MasterKeys Open(DataFolder folder, IReadOnlyDictionary<string, string> environment)
    {
        var value = environment.GetValueOrDefault(Variable);
        var file = environment.GetValueOrDefault(FileVariable);
        IMasterKeySource source;
        if (value is { Length: > 0 })
        {
            source = file is { Length: > 0 }
                ? throw new MasterKeyException($"{Variable} and {FileVariable} are both set: one of them must go.")
                : new MasterKeyVariable(Variable, value);
        }
        else if (file is { Length: > 0 })
        {
            source = new MasterKeyFile(Path.GetFullPath(file), isOurs: false);
        }
        else
        {
            var ours = new MasterKeyFile(folder.MasterKey, isOurs: true);
            ours.Ensure();
            source = ours;
        }

        // Now, and not at the first secret, is when an operator looks at errors.
        source.Read();
        return new MasterKeys(source);
    }

    /// <summary>The key of an id, also one that another process has made meanwhile; null where there is none.</summary>
    /// <exception cref="MasterKeyException">The file of the keys is gone, or cannot be read any more.</exception>
    public MasterKey? Find(string id) => _source.Read().FirstOrDefault(key => key.Id == id);

    /// <summary>Makes a new key the current one.</summary>
    /// <param name="forgetOld">False: what is under the keys until now stays readable. True where nothing is under any but the current one.</param>
    /// <exception cref="MasterKeyException">The keys are not ours to make, or cannot be written.</exception>
    public void Renew(bool forgetOld)
    {
        if (_source is not MasterKeyFile { IsOurs: true } file)
        {
            throw new MasterKeyException($"The master key comes from {Place}: put a new key before the one that is there.");
        }

        var keys = file.Read();
        // The last one stays in any case: another process may be writing a secret under it at this moment.
        file.Replace([MasterKey.Random(), .. forgetOld ? keys.Take(1) : keys]);
    }
}

namespace Aico.Host.Organizations.Secrets;

/// <summary>Master keys from an environment variable, separated by commas.</summary>
internal sealed class MasterKeyVariable(string name, string value) : IMasterKeySource
{
    private readonly IReadOnlyList<MasterKey> _keys = MasterKeyText.Parse(value.Replace(',', '\n'), name);

    public string Place => name;

    public IReadOnlyList<MasterKey> Read() => _keys;
}

namespace Aico.Host.Organizations.Changes;

/// <summary>No plugin has a provider of this key.</summary>
internal sealed class UnknownProviderException(string key, IReadOnlyList<string> nearest)
    : Exception($"There is no provider \"{key}\"{(nearest.Count == 0 ? "." : $"; did you mean {string.Join(" or ", nearest)}?")}")
{
    public string Key { get; } = key;
}

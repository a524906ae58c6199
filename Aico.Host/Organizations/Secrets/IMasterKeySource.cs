namespace Aico.Host.Organizations.Secrets;

/// <summary>Where master keys come from.</summary>
internal interface IMasterKeySource
{
    /// <summary>For messages: a path, or the name of a variable.</summary>
    string Place { get; }

    /// <summary>The keys as they are now, at least one, the current one first.</summary>
    /// <exception cref="MasterKeyException">There is none, or they cannot be read.</exception>
    IReadOnlyList<MasterKey> Read();
}

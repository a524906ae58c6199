namespace Aico.Host.Plugins;

/// <summary>Why a plugin was rejected. The names, in kebab-case, are a contract of <c>aico plugin list --json</c>.</summary>
internal enum PluginRejectionReason
{
    ManifestMissing,
    ManifestUnreadable,
    ManifestInvalid,
    IdMismatch,
    DuplicateId,
    AssemblyOutsideFolder,
    AssemblyMissing,
    ContractTooNew,
    ContractTooOld,

    /// <summary>Files were written while they were read; looked at again at the next scan.</summary>
    StillChanging,

    /// <summary>The folder cannot be read, or no private copy of it can be made.</summary>
    FilesUnreadable,

    DependencyMissing,

    /// <summary>It was built against a newer version of an assembly that the host shares with it.</summary>
    SharedAssemblyTooOld,

    /// <summary>The assembly is damaged, or its types do not fit the host's.</summary>
    NotLoadable,

    EntryMissing,
    EntryAmbiguous,

    /// <summary>The constructor of the entry class, or its Register, threw.</summary>
    RegisterFailed,

    /// <summary>A provider was registered with a key or settings that are not allowed.</summary>
    ProviderInvalid,

    KeyTaken,
}

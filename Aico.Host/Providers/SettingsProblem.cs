namespace Aico.Host.Providers;

/// <summary>What is wrong with a setting.</summary>
internal enum SettingsProblem
{
    /// <summary>The provider has no setting of this name.</summary>
    UnknownSetting,

    /// <summary>The value has another type than the setting.</summary>
    WrongType,

    /// <summary>The value is not allowed, such as one out of range.</summary>
    Invalid,

    /// <summary>The setting has no default and was not set.</summary>
    Missing,

    /// <summary>The provider has no secret of this name.</summary>
    UnknownSecret,

    /// <summary>The secret was not set.</summary>
    MissingSecret,
}

namespace Aico.Host.Providers;

/// <summary>One thing that is wrong with a provider's settings or secrets. Never holds a value, since a secret may stand in the wrong place.</summary>
/// <param name="Pointer">JSON pointer of the value inside the settings, or inside the secrets where <see cref="InSecrets"/> is true.</param>
/// <param name="Problem">The category, for programs.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence.</param>
/// <param name="Nearest">The known name that was probably meant, where a name is unknown.</param>
internal sealed record SettingsError(string Pointer, SettingsProblem Problem, string Message, string? Nearest = null)
{
    public bool InSecrets => Problem is SettingsProblem.UnknownSecret or SettingsProblem.MissingSecret;
}

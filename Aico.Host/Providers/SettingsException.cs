namespace Aico.Host.Providers;

/// <summary>A provider's settings or secrets are wrong. Holds every error at once, so that one answer is enough to mend them all.</summary>
internal sealed class SettingsException(string providerKey, IReadOnlyList<SettingsError> errors)
    : Exception($"{providerKey}: {string.Join(" ", errors.Select(error => error.Message))}")
{
    public string ProviderKey { get; } = providerKey;

    public IReadOnlyList<SettingsError> Errors { get; } = errors;
}

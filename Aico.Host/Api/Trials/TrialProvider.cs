using Aico.Abstractions.Plugins;
using Aico.Host.Api.Enabled;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;
using Microsoft.Extensions.AI;

namespace Aico.Host.Api.Trials;

/// <summary>A provider made with an organization's stored settings for one question, and disposed after it.</summary>
internal sealed class TrialProvider : IAsyncDisposable
{
    private readonly object _provider;

    private TrialProvider(object provider) => _provider = provider;

    /// <exception cref="ApiException">Secrets are missing.</exception>
    /// <exception cref="SettingsException">What is stored is wrong, such as after the plugin was replaced.</exception>
    /// <exception cref="Abstractions.ProviderException">It cannot be made.</exception>
    public static TrialProvider Make(ProviderFactory factory, ProviderDefinition definition, OrganizationDocument? document)
    {
        if (MissingSecrets.Of(definition, document) is { Count: > 0 } names)
        {
            throw MissingSecrets.Problem([MissingSecrets.Describe(definition, names)]);
        }

        var secrets = (document?.SecretsOf(definition.Key) ?? [])
            .Where(secret => secret.Value is not null)
            .ToDictionary(secret => secret.Name, secret => secret.Value!, StringComparer.Ordinal);
        return new TrialProvider(factory.Create(definition, document?.Provider(definition.Key)?.Config ?? [], secrets, isOperators: document?.Origin == ConfigurationOrigin.File));
    }

    /// <summary>A further contract of the provider; null where it has none.</summary>
    public T? As<T>()
        where T : class => _provider as T ?? (_provider as IChatClient)?.GetService(typeof(T)) as T;

    public async ValueTask DisposeAsync()
    {
        switch (_provider)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}

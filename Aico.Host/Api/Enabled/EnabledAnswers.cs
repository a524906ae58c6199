using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Api.Enabled;

/// <summary>
/// Answers by the resolved organization that they were made of: they go when it goes, and a change makes another organization of it.
/// A hit allocates nothing. Safe from any thread.
/// </summary>
internal sealed class EnabledAnswers
{
    private readonly ConditionalWeakTable<ResolvedOrganization, ConcurrentDictionary<(ProviderKind?, bool), EnabledAnswer>> _answers = [];

    /// <exception cref="ApiException">Secrets are missing. That is not kept: it is seldom, and mended soon.</exception>
    public EnabledAnswer Of(ResolvedOrganization organization, ProviderKind? kind, bool revealsSecrets)
    {
        var answers = _answers.GetOrCreateValue(organization);
        return answers.TryGetValue((kind, revealsSecrets), out var known) ? known
            : answers.GetOrAdd((kind, revealsSecrets), EnabledView.Of(organization, kind, revealsSecrets));
    }
}

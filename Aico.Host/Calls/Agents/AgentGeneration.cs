using Aico.Host.Providers;

namespace Aico.Host.Calls.Agents;

/// <summary>The providers of an agent for as long as their plugins stay what they are. Disposed when it is retired and the last call has ended.</summary>
internal sealed class AgentGeneration
{
    private readonly Lock _lock = new();
    private readonly ChosenProviders _owned;
    private int _calls;
    private bool _retired;

    private AgentGeneration(AgentPlan plan, ChosenProviders owned) => (Plan, _owned) = (plan, owned);

    public AgentPlan Plan { get; }

    public CallProviders Providers => _owned.Providers;

    /// <exception cref="Aico.Abstractions.ProviderException">One of them cannot be made.</exception>
    public static AgentGeneration Make(AgentPlan plan, ProviderFactory factory) => new(plan, ChosenProviders.Create(plan, factory));

    /// <summary>True while the plugins that it was made of are those that new calls get.</summary>
    public bool IsMadeOf(IReadOnlyList<ProviderDefinition> definitions) =>
        new[] { Plan.SpeechToText, Plan.TextToSpeech, Plan.LanguageModel, Plan.VoiceActivity }
            .All(choice => choice is null || definitions.Any(definition => ReferenceEquals(definition, choice.Definition)));

    public void Lend()
    {
        lock (_lock)
        {
            _calls++;
        }
    }

    public ValueTask ReturnAsync()
    {
        lock (_lock)
        {
            _calls--;
            return _calls == 0 && _retired ? _owned.DisposeAsync() : ValueTask.CompletedTask;
        }
    }

    public ValueTask RetireAsync()
    {
        lock (_lock)
        {
            _retired = true;
            return _calls == 0 ? _owned.DisposeAsync() : ValueTask.CompletedTask;
        }
    }
}

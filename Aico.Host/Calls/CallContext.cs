using Aico.Abstractions;

namespace Aico.Host.Calls;

/// <summary>What every part of one call needs to know.</summary>
internal sealed class CallContext(
    CallIdentity identity, AgentSettings agent, CallProviders providers, CallClock clock, CallMailbox mailbox, ICallObserver observer)
{
    public CallIdentity Identity => identity;

    /// <summary>Changes at most once, before the agent begins: instructions, greeting and tools may depend on who calls.</summary>
    public AgentSettings Settings { get; set; } = agent;

    public CallProviders Providers => providers;

    public CallClock Clock => clock;

    public CallMailbox Mailbox => mailbox;

    public TimeSpan Now => clock.Now;

    /// <summary>True where the observer shows what is heard while it is heard.</summary>
    public bool FollowsSpeech => observer.FollowsSpeech;

    /// <summary>Tells the observer. Only the call's own loop raises, so that events are in order; other code calls <see cref="ReportAsync"/>.</summary>
    public void Raise(CallEvent callEvent) => observer.On(callEvent);

    /// <summary>Lets the loop tell the observer.</summary>
    public ValueTask ReportAsync(CallEvent callEvent) => mailbox.PostAsync(new CallSignal.Report(callEvent), CancellationToken.None);

    /// <summary>The event that reports a provider's failure.</summary>
    public StageFailed Failure(CallStage stage, ProviderException error)
    {
        var provider = stage switch
        {
            CallStage.SpeechToText => providers.SpeechToTextKey,
            CallStage.TextToSpeech => providers.TextToSpeechKey,
            CallStage.VoiceActivity => providers.VoiceActivityKey,
            _ => providers.LanguageModelKey,
        };
        return new StageFailed(Now, stage, provider ?? "", error.Failure, error.Message);
    }

    /// <summary>
    /// Runs work beside the loop. An error that it did not deal with is a fault of the host and ends the call through the loop.
    /// Cancellation by the given token is the end of the work.
    /// </summary>
    public async Task WatchAsync(Task work, CancellationToken ct)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            await mailbox.PostAsync(new CallSignal.Broke(e), CancellationToken.None);
        }
    }
}

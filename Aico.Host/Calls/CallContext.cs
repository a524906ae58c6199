using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls;

/// <summary>What every part of one call needs to know.</summary>
internal sealed class CallContext(
    CallIdentity identity, AgentSettings agent, CallProviders providers, CallClock clock, CallMailbox mailbox, ICallObserver observer)
{
    private volatile CallProviders _providers = providers;

    public CallIdentity Identity => identity;

    /// <summary>Changes at most once, before the agent begins: instructions, greeting and tools may depend on who calls.</summary>
    public AgentSettings Settings { get; set; } = agent;

    /// <summary>Replaced as a whole where the call takes a change of its configuration.</summary>
    public CallProviders Providers => _providers;

    public CallClock Clock => clock;

    public CallMailbox Mailbox => mailbox;

    public TimeSpan Now => clock.Now;

    /// <summary>True where the observer shows what is heard while it is heard.</summary>
    public bool FollowsSpeech => observer.FollowsSpeech;

    /// <summary>Tells the observer. Only the call's own loop raises, so that events are in order; other code calls <see cref="ReportAsync"/>.</summary>
    public void Raise(CallEvent callEvent) => observer.On(callEvent);

    /// <summary>Lets the loop tell the observer.</summary>
    public ValueTask ReportAsync(CallEvent callEvent) => mailbox.PostAsync(new CallSignal.Report(callEvent), CancellationToken.None);

    public ChainUse<SpeechToTextProvider>? SpeechToText { get; } = providers.SpeechToText is { } chain ? new ChainUse<SpeechToTextProvider>(chain) : null;

    public ChainUse<ITextToSpeech>? TextToSpeech { get; } = providers.TextToSpeech is { } chain ? new ChainUse<ITextToSpeech>(chain) : null;

    public ChainUse<IChatClient> LanguageModel { get; } = new(providers.LanguageModel);

    /// <summary>
    /// What begins from now on asks these providers. What the call was built without stays away, and so does speech-to-text that works
    /// the other way (sessions, or whole utterances): such a change waits for the next call. Safe from any thread.
    /// </summary>
    public void Take(CallProviders changed)
    {
        var before = _providers;
        var hearing = SpeechToText is not null && changed.SpeechToText is { } other && other.Primary.Provider.IsStreaming == before.SpeechToText!.Primary.Provider.IsStreaming
            ? other
            : before.SpeechToText;
        var speech = TextToSpeech is null ? null : changed.TextToSpeech ?? before.TextToSpeech;
        if (hearing is not null && hearing != before.SpeechToText)
        {
            SpeechToText!.Replace(hearing);
        }

        if (speech is not null)
        {
            TextToSpeech!.Replace(speech);
        }

        LanguageModel.Replace(changed.LanguageModel);
        _providers = changed with
        {
            SpeechToText = hearing,
            TextToSpeech = speech,
            VoiceActivity = before.VoiceActivity,
            VoiceActivityKey = before.VoiceActivityKey,
            Renew = before.Renew,
        };
    }

    /// <summary>Begins a piece of work that the caller waits for.</summary>
    public ChainRun<T> Begin<T>(ChainUse<T> use)
        where T : class => use.Begin(clock.Time, Settings.ChainDeadline);

    /// <summary>The event that reports a failure of a provider.</summary>
    public StageFailed Failure(CallStage stage, string provider, ProviderException error) => new(Now, stage, provider, error.Failure, error.Message);

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

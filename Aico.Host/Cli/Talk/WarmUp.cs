using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Bench;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Talk;

/// <summary>
/// Brings a fresh process to where a host is that has served calls: built-in engines have loaded their models, and the loop's code
/// is compiled. Without it the first turn of a conversation would show some hundred milliseconds that no caller of a host meets.
/// Nothing is sent to a server or a vendor.
/// </summary>
internal static class WarmUp
{
    private static readonly CallIdentity Identity = new("default", "warm-up");

    /// <exception cref="ProviderException">A built-in engine does not work, which is known now and not in the middle of the first turn.</exception>
    public static async Task RunAsync(AgentPlan plan, CallProviders providers, CancellationToken ct)
    {
        if (plan.SpeechToText is null && plan.TextToSpeech is null)
        {
            return;
        }

        if (IsBuiltIn(plan.SpeechToText) && providers.SpeechToText is { Primary.Provider: { IsStreaming: false, Batch: var stt } })
        {
            var second = new AudioFrame(AudioFormat.Speech, new short[AudioFormat.Speech.SampleRate], TimeSpan.Zero);
            await stt.TranscribeAsync(second, new SpeechToTextRequest(AudioFormat.Speech, Identity) { Language = plan.Agent.Language }, ct);
        }

        if (IsBuiltIn(plan.TextToSpeech) && providers.TextToSpeech is { Primary.Provider: var tts })
        {
            await SpeakAsync(tts, plan.Agent, ct);
        }

        Rehearse(ct);
    }

    private static bool IsBuiltIn(ProviderChoice? choice) => choice?.Definition.Descriptor.Hosting == ProviderHosting.BuiltIn;

    private static async Task SpeakAsync(ITextToSpeech tts, AgentSettings agent, CancellationToken ct)
    {
        await using var session = await tts.OpenAsync(new TextToSpeechRequest(Identity) { Voice = agent.Voice, Language = agent.Language }, ct);
        await session.SendAsync("One.", ct);
        await session.CompleteAsync(ct);
        await foreach (var _ in session.ReadAsync(ct))
        {
            // Spoken for nobody.
        }
    }

    // A typed turn with stand-ins that take no time, on a clock that skips waiting: a few milliseconds once it is compiled.
    private static void Rehearse(CancellationToken ct)
    {
        var time = new VirtualTime();
        var providers = new CallProviders
        {
            LanguageModel = ProviderChain<IChatClient>.Of("instant", new InstantLanguageModel()),
            TextToSpeech = ProviderChain<ITextToSpeech>.Of("instant", new InstantTextToSpeech()),
        };
        var progress = new CallProgress();
        var clock = new TalkClock(time);
        var script = new CallerScript([new CallerLine.Typed("Hello."), new CallerLine.Typed("Goodbye.")], new CallerScriptSettings(), progress);
        var transport = new TalkTransport(clock, script, null, false);
        var call = new Call(Identity, new AgentSettings(), providers, transport, progress, time, NullLoggerFactory.Instance);
        (transport.SendText, transport.CallerLeft) = (call.SendText, call.CallerLeft);
        time.Run(async () =>
        {
            var running = call.RunAsync(ct);
            await transport.TypeAsync(ct);
            return await running;
        });
    }
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Talk;

/// <summary>Holds one conversation. Cancelling ends it, and what was said until then is kept.</summary>
internal sealed class TalkSession(TalkPlan plan, CallProviders providers, ICallObserver console, TimeProvider timeProvider, ILoggerFactory loggerFactory)
{
    private static readonly CallIdentity Identity = new("default", "talk");

    private readonly CallProgress _progress = new();

    /// <summary>Both sides as they were heard; empty where nothing is to be written.</summary>
    public ConversationRecorder Recorder { get; } = new();

    /// <param name="lines">The lines of a typed chat; null where the plan has the turns.</param>
    /// <param name="ct">Hangs up.</param>
    public async Task<TalkResult> RunAsync(IAsyncEnumerable<string>? lines, CancellationToken ct)
    {
        var chat = lines is null ? null : new TypedChat(_progress);
        var log = new CallLog(chat is null ? [_progress, console] : [_progress, console, chat]);
        var script = chat is null ? new CallerScript(plan.Turns, plan.Script, _progress) : null;
        var clock = new TalkClock(timeProvider);
        var transport = new TalkTransport(clock, script, plan.IsRecorded ? Recorder : null, plan.HasAudio);
        var call = new Call(Identity, plan.Agent, providers, transport, log, timeProvider, loggerFactory);
        clock.Align(TimeSpan.Zero);
        (transport.SendText, transport.CallerLeft) = (call.SendText, call.CallerLeft);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var typing = chat is not null ? chat.RunAsync(lines!, call.SendText, call.CallerLeft, over.Token)
            : plan.HasAudio ? Task.CompletedTask
            : transport.TypeAsync(over.Token);
        var reason = await call.RunAsync(ct);
        over.Cancel();
        try
        {
            await typing;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The call ended before everything was typed.
        }

        return new TalkResult
        {
            EndReason = reason,
            Duration = clock.Now,
            Providers = ProviderKeys.Of(providers),
            Events = log.Events,
            Out = plan.Out,
            Timeline = plan.Timeline,
        };
    }
}

using Aico.Abstractions.Audio;
using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.TurnTaking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// The replies of one call: at most one that was decided and at most one that is prepared ahead of the decision. Used by the call's
/// loop only; the replies are made and played beside it.
/// </summary>
internal sealed class Replies(CallContext call, Conversation conversation, Playback playback, AudioFormat format) : IDisposable
{
    private readonly ReplyMaker _maker = new(call);
    private readonly List<Task> _running = [];
    private Reply? _prepared;
    private CallerTurn? _callerTurn;
    private TimeSpan? _played;
    private bool _isHeld;
    private int _turns;

    public Reply? Active { get; private set; }

    /// <summary>True from the first sample of the active reply on.</summary>
    public bool WasHeard => _played is not null;

    public bool IsHeld => _isHeld;

    /// <summary>The number of the turn that comes next.</summary>
    public int NextTurn => _turns + 1;

    /// <summary>End of the caller's speech that the active reply answers.</summary>
    public TimeSpan? AnsweredUntil => _callerTurn?.End;

    public PreemptiveWaste Waste { get; } = new(call.Settings.Preemptive);

    public AgentActivity Activity =>
        Active is null ? AgentActivity.Idle : WasHeard ? AgentActivity.Speaking : AgentActivity.Answering;

    /// <summary>True while text is heard that is to be heard out. Before a reply is heard it can be taken back, unless all of it is such text.</summary>
    public bool IsUninterruptible =>
        Active is { } reply && (reply.IsUninterruptible || (WasHeard && reply.Speech.MarkedAt(playback.Heard.Position).IsMarked));

    /// <summary>When <see cref="Rules"/> change because the reply goes on, as far as is known.</summary>
    public TimeSpan? RulesChangeAt => Active is { IsUninterruptible: false } reply && WasHeard && playback.Heard is { IsMoving: true } heard
        ? call.Now + reply.Speech.MarkedAt(heard.Position).ChangesAt - heard.Position
        : null;

    /// <summary>The interruption rules of what is being said.</summary>
    public InterruptionSettings Rules
    {
        get
        {
            var rules = call.Settings.Interruption;
            return Active?.Kind switch
            {
                ReplyKind.Goodbye => rules with { Enabled = false },
                not null when IsUninterruptible => rules.DuringUninterruptible ?? rules with { Enabled = false },
                ReplyKind.Greeting => rules.DuringGreeting ?? rules,
                _ => rules,
            };
        }
    }

    public void Prepare(string words)
    {
        _prepared = Create(ReplyKind.Answer, words);
        call.Raise(new ReplyStarted(call.Now, _prepared.Turn, IsPreemptive: true));
        Run(_maker.RunAsync(_prepared, conversation.Snapshot(words)), _prepared);
    }

    public void Discard()
    {
        if (_prepared is { } prepared)
        {
            _prepared = null;
            prepared.Cancel();
            Waste.WasWasted();
            call.Raise(new ReplyDiscarded(call.Now, prepared.Turn));
        }
    }

    /// <summary>Answers a decided turn, with the prepared reply where it answers the same words.</summary>
    public void Answer(CallerTurn turn)
    {
        EndActive();
        if (_prepared is { } prepared && WordComparison.AreSame(turn.Words, prepared.CallerWords))
        {
            _prepared = null;
            Waste.WasUsed();
            conversation.CallerSaid(turn.Words);
            Begin(prepared, turn);
            return;
        }

        Discard();
        var reply = Create(ReplyKind.Answer, turn.Words);
        var messages = conversation.Snapshot(turn.Words);
        conversation.CallerSaid(turn.Words);
        call.Raise(new ReplyStarted(call.Now, reply.Turn, IsPreemptive: false));
        Run(_maker.RunAsync(reply, messages), reply);
        Begin(reply, turn);
    }

    /// <summary>Says something unasked.</summary>
    public void Say(ReplyKind kind, string words, bool isInterruptible)
    {
        EndActive();
        Discard();
        var reply = Create(kind, "", words, isInterruptible);
        call.Raise(new ReplyStarted(call.Now, reply.Turn, IsPreemptive: false));
        Run(_maker.RunAsync(reply, []), reply);
        Begin(reply, null);
    }

    /// <summary>The active reply became audible. Returns true the first time.</summary>
    public bool Sounded()
    {
        if (_played is not null)
        {
            return false;
        }

        _played = call.Now;
        call.Raise(new PlaybackStarted(call.Now, Active!.Turn));
        return true;
    }

    public void Hold()
    {
        if (Active is null || _isHeld)
        {
            return;
        }

        _isHeld = true;
        playback.Pause();
        if (WasHeard)
        {
            call.Raise(new PlaybackPaused(call.Now, Active.Turn));
        }
    }

    public void Release()
    {
        if (Active is null || !_isHeld)
        {
            return;
        }

        _isHeld = false;
        playback.Resume();
        if (WasHeard)
        {
            call.Raise(new PlaybackResumed(call.Now, Active.Turn));
        }
    }

    /// <summary>Nobody hears the agent for now, or somebody does again.</summary>
    public void Suspend(bool isSuspended) => playback.Suspend(isSuspended);

    /// <summary>Tells how much of the active reply was heard by now.</summary>
    public void Advanced() => call.Raise(new AnswerHeard(call.Now, Active!.Turn, Active.Speech.HeardUntil(playback.Heard.Position)));

    /// <summary>
    /// Takes the active reply back before it was heard: the caller goes on with the turn. Tools that have run stay in the
    /// conversation, and then so do the words that led to them; so do typed words.
    /// </summary>
    /// <returns>True where the caller's words are open again.</returns>
    public bool TakeBack()
    {
        var reply = Active!;
        call.Raise(new ReplyDiscarded(call.Now, reply.Turn));
        if (reply.Kind == ReplyKind.Answer)
        {
            Waste.WasWasted();
        }

        if (reply.Tools.Any || AnsweredUntil is null)
        {
            // What was typed, or said unasked, cannot be said with more words.
            Conclude(interrupted: true);
            return false;
        }

        playback.Stop();
        reply.Cancel();
        conversation.TakeBackCaller();
        _turns--;
        Clear();
        return true;
    }

    /// <summary>Ends the active reply: at its end, or where the caller interrupted it.</summary>
    public Reply Conclude(bool interrupted)
    {
        var reply = Active!;
        var position = playback.Stop();
        reply.Cancel();
        var speaks = call.TextToSpeech is not null;
        var heard = interrupted || reply.Failure is not null
            ? speaks ? reply.Speech.HeardUntil(position) : reply.Words
            : reply.Words;
        conversation.AgentSaid(reply.Tools.Close(), heard);
        if (WasHeard)
        {
            call.Raise(new PlaybackEnded(call.Now, reply.Turn, interrupted));
        }

        call.Raise(new TurnCompleted(call.Now, TurnRecord.Of(reply, _callerTurn, heard, interrupted, _played, call.Now)));
        Clear();
        return reply;
    }

    /// <summary>Gives up what is under way, which still is on record, and completes when everything that was started has ended.</summary>
    public async Task StopAsync()
    {
        Discard();
        if (Active is not null)
        {
            Conclude(interrupted: true);
        }

        await Task.WhenAll(_running);
    }

    public void Dispose() => playback.Dispose();

    private Reply Create(ReplyKind kind, string callerWords, string? fixedWords = null, bool isInterruptible = true)
    {
        Reply? reply = null;
        AIFunction[] functions = fixedWords is null ? [.. call.Settings.Tools, EndCallTool.Create(() => reply!.EndCall())] : [];
        reply = new Reply
        {
            Turn = _turns + 1,
            Kind = kind,
            CallerWords = callerWords,
            FixedWords = fixedWords,
            IsUninterruptible = !isInterruptible,
            Speech = new SpeechBuffer(format),
            Functions = functions,
        };
        return reply;
    }

    private void EndActive()
    {
        if (Active is not null)
        {
            // Nobody could end it later: its maker would wait for its playback for ever.
            Conclude(interrupted: true);
        }
    }

    private void Begin(Reply reply, CallerTurn? turn)
    {
        _turns++;
        Active = reply;
        _callerTurn = turn;
        _played = null;
        _isHeld = false;
        reply.Commit();
        if (call.TextToSpeech is not null)
        {
            Run(playback.StartAsync(reply), reply);
        }
    }

    private void Run(Task work, Reply reply)
    {
        _running.RemoveAll(done => done.IsCompletedSuccessfully);
        _running.Add(call.WatchAsync(work, reply.Cancelled));
    }

    private void Clear()
    {
        Active = null;
        _callerTurn = null;
        _played = null;
        _isHeld = false;
    }
}

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Makes the transcript of a call that frontends show: the caller's words as they are understood, the agent's as they are heard.
/// Called on the call's loop only.
/// </summary>
/// <param name="callId">Makes the segments' ids unique in the room.</param>
/// <param name="agent">Our identity and our track.</param>
/// <param name="caller">The caller's identity and microphone now; the identity is null before there is one.</param>
/// <param name="speaks">False: the agent's words are there when they are written.</param>
/// <param name="post">Takes the updates.</param>
internal sealed class RoomTranscripts(
    string callId, Func<(string Identity, string? TrackSid)> agent, Func<(string? Identity, string? TrackSid)> caller, bool speaks,
    Action<TranscriptUpdate> post) : ICallObserver
{
    private int _segments;
    private string? _callerSegment;
    private string _callerText = "";
    private (int Turn, string Segment)? _decided;
    private bool _isTyped;
    private (int Turn, string Segment)? _answer;
    private string _written = "";

    public void On(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case CallerTextChanged changed:
                CallerSaid(changed);
                break;
            case TurnDecided decided when !_isTyped:
                Decided(decided.Turn, decided.Text);
                break;
            case ReplyStarted or ReplyDiscarded:
                _written = "";
                break;
            case SentenceReady sentence when !speaks:
                _written += sentence.Text;
                break;
            case TokenReceived token when !speaks && _written.Length > 0 && _decided?.Turn == token.Turn:
                AgentSaid(token.Turn, _written.Trim(), isFinal: false);
                break;
            case AnswerHeard heard when heard.Text.Length > 0:
                AgentSaid(heard.Turn, heard.Text, isFinal: false);
                break;
            case TurnCompleted { Turn: { HeardText.Length: > 0 } turn }:
                AgentSaid(turn.Number, turn.HeardText, isFinal: true);
                break;
            case CallEnded when _callerSegment is not null:
                Decided(0, _callerText);
                break;
        }
    }

    private void CallerSaid(CallerTextChanged changed)
    {
        _isTyped = changed.IsTyped;
        if (changed.IsTyped || changed.Text.Length == 0)
        {
            // Frontends show themselves what was typed.
            return;
        }

        // A turn that was decided too early is opened again, and its words go on.
        _callerSegment ??= _decided is { } decided && decided.Turn == changed.Turn ? decided.Segment : NextSegment();
        _callerText = changed.Text;
        Post(isFinal: false);
    }

    private void Decided(int turn, string text)
    {
        if (_callerSegment is not { } segment)
        {
            return;
        }

        _callerText = text;
        Post(isFinal: true);
        _decided = (turn, segment);
        _callerSegment = null;
    }

    private void Post(bool isFinal)
    {
        if (caller() is { Identity: { } identity } by)
        {
            post(new TranscriptUpdate(_callerSegment!, identity, IsAgent: false, by.TrackSid, _callerText, isFinal));
        }
    }

    private void AgentSaid(int turn, string text, bool isFinal)
    {
        if (_answer is not { } answer || answer.Turn != turn)
        {
            answer = (turn, NextSegment());
            _answer = answer;
        }

        var by = agent();
        post(new TranscriptUpdate(answer.Segment, by.Identity, IsAgent: true, by.TrackSid, text, isFinal));
    }

    private string NextSegment() => $"SG_{callId}_{++_segments}";
}

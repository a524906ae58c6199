using Aico.Host.Calls.Thinking;

namespace Aico.Host.Calls.TurnTaking;

/// <summary>Which words an answer was started for ahead of the decision, and whether another start is worth it. Pure.</summary>
internal sealed class Preparation(PreemptiveSettings rules)
{
    private string? _words;
    private int _attempts;

    /// <summary>True: answers are prepared only for plainly complete words.</summary>
    public bool IsCareful { get; set; }

    public bool IsUnderWay => _words is not null;

    /// <summary>True where only more silence leads to a preparation.</summary>
    public bool WaitsForSilence(TurnCompleteness completeness) => rules.Enabled && !IsCareful && completeness == TurnCompleteness.Incomplete;

    /// <param name="words">What would be answered.</param>
    /// <param name="turn">How long the caller's turn lasted.</param>
    /// <param name="completeness">What the words say about its end.</param>
    /// <param name="isLongSilent">True where the silence alone makes the end likely, whatever the words say.</param>
    /// <param name="actions">Takes what is to be done.</param>
    public void Consider(string words, TimeSpan turn, TurnCompleteness completeness, bool isLongSilent, List<TurnAction> actions)
    {
        if (!rules.Enabled || words.Length == 0 || WordComparison.AreSame(words, _words))
        {
            return;
        }

        Discard(actions);
        if (_attempts < rules.MaximumAttempts
            && turn <= rules.MaximumSpeech
            && (completeness == TurnCompleteness.Complete || (!IsCareful && (isLongSilent || completeness == TurnCompleteness.Unclear))))
        {
            _attempts++;
            _words = words;
            actions.Add(new TurnAction.Prepare(words));
        }
    }

    public void Discard(List<TurnAction> actions)
    {
        if (_words is not null)
        {
            _words = null;
            actions.Add(new TurnAction.Discard());
        }
    }

    /// <summary>The turn was taken, with what was prepared for it. Where it is opened again, what was tried still counts.</summary>
    public void WasTaken() => _words = null;

    /// <summary>The turn was answered or forgotten: the next one starts afresh.</summary>
    public void Reset()
    {
        _words = null;
        _attempts = 0;
    }
}

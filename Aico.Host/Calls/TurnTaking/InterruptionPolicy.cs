namespace Aico.Host.Calls.TurnTaking;

/// <summary>Whether a caller who speaks over the agent stops it: a pure function of what is known so far.</summary>
internal static class InterruptionPolicy
{
    public enum Verdict
    {
        /// <summary>Not enough is known; the agent goes on.</summary>
        Undecided,

        /// <summary>It may be an interruption: stop sounding until more is known.</summary>
        Pause,

        /// <summary>The caller wants the turn.</summary>
        Interrupt,

        /// <summary>It is none: noise, agreement or too few words.</summary>
        Continue,
    }

    /// <param name="rules">The rules of the agent's present state.</param>
    /// <param name="duration">How long the voice has lasted.</param>
    /// <param name="words">What was understood so far.</param>
    /// <param name="isOver">True where the voice has ended and the words are final.</param>
    /// <param name="isBackchannel">True where the words are nothing but sounds of agreement.</param>
    public static Verdict Decide(InterruptionSettings rules, TimeSpan duration, string words, bool isOver, bool isBackchannel)
    {
        if (!rules.Enabled || duration < rules.MinimumDuration)
        {
            return isOver ? Verdict.Continue : Verdict.Undecided;
        }

        var count = CountWords(words);
        if (count > 0 && isBackchannel)
        {
            return Verdict.Continue;
        }

        if (count >= Math.Max(1, rules.MinimumWords))
        {
            return Verdict.Interrupt;
        }

        if (isOver)
        {
            return Verdict.Continue;
        }

        return rules.MinimumWords == 0 ? Verdict.Pause : Verdict.Undecided;
    }

    /// <summary>Counts words; a script without spaces counts two characters as a word, near enough for a minimum.</summary>
    public static int CountWords(string text)
    {
        var words = 0;
        var unspaced = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var isUnspaced = c is >= '\u3040' and <= '\u30ff' or >= '\u4e00' and <= '\u9fff' or >= '\u0e00' and <= '\u0e7f';
            unspaced += isUnspaced ? 1 : 0;
            var isWord = !isUnspaced && (char.IsLetterOrDigit(c) || (inWord && c is '\'' or '’' or '-'));
            words += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return words + ((unspaced + 1) / 2);
    }
}

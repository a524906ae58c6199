namespace Aico.Host.Calls.TurnTaking;

/// <summary>What is known of the caller's latest speech: voice activity and words.</summary>
internal sealed class CallerSpeech
{
    // Words belong to the end of speech where they cover all but this much of it: providers' times are that coarse.
    public static readonly TimeSpan CoverageTolerance = TimeSpan.FromMilliseconds(200);

    private string _wordsBefore = "";
    private bool _isFinal;
    private TimeSpan _coveredUntil;

    public bool IsVoice { get; private set; }

    public TimeSpan VoiceStart { get; private set; }

    /// <summary>End of the latest voice; of one that still lasts, as far as it was heard.</summary>
    public TimeSpan VoiceEnd { get; private set; }

    /// <summary>All words since the turns were last settled.</summary>
    public string Words { get; private set; } = "";

    /// <summary>The words of the latest voice, without those of the voices before it.</summary>
    public string LatestWords => WordComparison.After(Words, _wordsBefore);

    /// <summary>True where the voice has ended and its words will not change.</summary>
    public bool IsOver => !IsVoice && _isFinal && CoversVoice;

    /// <summary>True where the words, final or not, reach to the end of the voice.</summary>
    public bool CoversVoice => _coveredUntil >= VoiceEnd - CoverageTolerance;

    /// <summary>True where the words are final and reach beyond the voice that was heard so far, whether or not it is known to have ended.</summary>
    public bool IsReadOut => _isFinal && Words.Length > 0 && _coveredUntil > VoiceEnd;

    /// <summary>How much of the voice that still lasts was read.</summary>
    public TimeSpan CoveredOfVoice => _coveredUntil - VoiceStart;

    public TimeSpan VoiceDuration => VoiceEnd - VoiceStart;

    public void Begin(TimeSpan start)
    {
        IsVoice = true;
        VoiceStart = VoiceEnd = start;
        _wordsBefore = Words;
    }

    public void Last(TimeSpan until) => VoiceEnd = until;

    public void Stop(TimeSpan end)
    {
        IsVoice = false;
        VoiceEnd = end;
    }

    /// <summary>Words came for which there was no voice: voice activity missed it.</summary>
    public void WasMissed(TimeSpan at) => VoiceStart = VoiceEnd = at;

    public void Understood(string words, bool isFinal, TimeSpan coveredUntil)
    {
        Words = words.Trim();
        _isFinal = isFinal;
        _coveredUntil = coveredUntil;
    }

    public void ForgetWords()
    {
        Words = "";
        _wordsBefore = "";
        _isFinal = false;
    }
}

namespace Aico.Host.Calls;

/// <summary>When the words of the caller's turn became what they are, for the timings.</summary>
internal sealed class CallerText
{
    private string _text = "";

    /// <summary>When the final words were there; null while they may still change.</summary>
    public TimeSpan? FinalAt { get; private set; }

    public void Became(string text, bool isFinal, TimeSpan now)
    {
        FinalAt = !isFinal ? null : text == _text && FinalAt is not null ? FinalAt : now;
        _text = text;
    }

    public void GoesOn() => FinalAt = null;
}

namespace Aico.Host.Usage.Prices;

/// <summary>What vendors bill by.</summary>
internal enum PriceUnit
{
    /// <summary>Each request or session.</summary>
    Request,

    /// <summary>Audio heard by speech-to-text, or made by text-to-speech.</summary>
    AudioSecond,

    /// <summary>Text sent to text-to-speech.</summary>
    Character,

    /// <summary>A vendor's own money, for which characters are billed.</summary>
    Credit,

    /// <summary>Of the prompt; those that the vendor had kept among them where they have no price of their own.</summary>
    InputToken,

    /// <summary>Of the prompt, those that the vendor had kept.</summary>
    CachedInputToken,

    OutputToken,
}

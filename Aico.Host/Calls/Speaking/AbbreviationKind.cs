namespace Aico.Host.Calls.Speaking;

/// <summary>What the stop after a token means.</summary>
internal enum AbbreviationKind
{
    /// <summary>An ordinary word: the stop ends the sentence.</summary>
    None,

    /// <summary>"Dr. Smith", "e.g. this": more always follows.</summary>
    BeforeName,

    /// <summary>"No. 5", but "No. I don't".</summary>
    BeforeNumber,

    /// <summary>"7 a.m. sharp", "etc. and so on", but "at 7 a.m. Then".</summary>
    BeforeLowercase,

    /// <summary>"U.S. Army", "J. Smith", "Acme Inc. Europe", but "in the U.S. The": only a usual first word starts a sentence.</summary>
    Other,
}

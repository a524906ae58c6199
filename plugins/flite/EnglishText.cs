using System.Collections.Frozen;
using System.Text;

namespace Aico.Plugins.Flite;

/// <summary>
/// Text as flite can speak it: flite reads bytes and knows ASCII only. Accents are dropped, typographic marks and common signs
/// written out; every character remembers where it stood.
/// </summary>
internal sealed class EnglishText
{
    // A table, because the host runs without culture data, where string.Normalize leaves accents alone.
    private const string Accented =
        "ÀÁÂÃÄÅĀĂĄÇĆĈĊČĎĐÈÉÊËĒĔĖĘĚĜĞĠĢĤĦÌÍÎÏĨĪĬĮİĴĶĹĻĽĿŁÑŃŅŇÒÓÔÕÖØŌŎŐŔŖŘŚŜŞŠȘŢŤŦȚÙÚÛÜŨŪŬŮŰŲŴÝŶŸŹŻŽ" +
        "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšșţťŧțùúûüũūŭůűųŵýÿŷźżž";

    private const string Plain =
        "AAAAAAAAACCCCCDDEEEEEEEEEGGGGHHIIIIIIIIIJKLLLLLNNNNOOOOOOOOORRRSSSSSTTTTUUUUUUUUUUWYYYZZZ" +
        "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssssttttuuuuuuuuuuwyyyzzz";

    private static readonly FrozenDictionary<char, string> Signs = new Dictionary<char, string>
    {
        ['‘'] = "'",
        ['’'] = "'",
        ['‚'] = "'",
        ['“'] = "\"",
        ['”'] = "\"",
        ['„'] = "\"",
        ['«'] = "\"",
        ['»'] = "\"",
        ['–'] = " - ",
        ['—'] = " - ",
        ['‐'] = "-",
        ['‑'] = "-",
        ['−'] = "-",
        ['…'] = "...",
        ['•'] = ", ",
        ['·'] = " ",
        ['Æ'] = "Ae",
        ['æ'] = "ae",
        ['Œ'] = "Oe",
        ['œ'] = "oe",
        ['ß'] = "ss",
        ['Þ'] = "Th",
        ['þ'] = "th",
        ['Ð'] = "D",
        ['ð'] = "d",
        ['€'] = " euros ",
        ['£'] = " pounds ",
        ['¥'] = " yen ",
        ['¢'] = " cents ",
        ['°'] = " degrees ",
        ['§'] = " section ",
        ['±'] = " plus or minus ",
        ['×'] = " times ",
        ['÷'] = " divided by ",
        ['µ'] = " micro ",
        ['²'] = " squared ",
        ['³'] = " cubed ",
        ['½'] = " and a half ",
        ['¼'] = " and a quarter ",
        ['¾'] = " and three quarters ",
        ['©'] = " copyright ",
        ['®'] = " ",
        ['™'] = " ",
        ['→'] = " to ",
        ['≈'] = " about ",
        ['≤'] = " at most ",
        ['≥'] = " at least ",
        ['。'] = ". ",
        ['，'] = ", ",
        ['！'] = "! ",
        ['？'] = "? ",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, char> Letters =
        Accented.Zip(Plain).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    private readonly List<int> _origins;

    private EnglishText(string ascii, List<int> origins, bool hasForeignLetters)
    {
        Ascii = ascii;
        _origins = origins;
        HasForeignLetters = hasForeignLetters;
        HasWords = ascii.Any(c => char.IsAsciiLetterOrDigit(c) || "%&+=@$#".Contains(c));
    }

    public string Ascii { get; }

    public bool HasWords { get; }

    /// <summary>True where letters were left out that have no counterpart in English.</summary>
    public bool HasForeignLetters { get; }

    public static EnglishText From(string original)
    {
        var ascii = new StringBuilder(original.Length + 16);
        var origins = new List<int>(original.Length + 16);
        var foreign = false;
        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            var before = ascii.Length;
            if (c is >= ' ' and < (char)127)
            {
                ascii.Append(c);
            }
            else if (Letters.TryGetValue(c, out var letter))
            {
                ascii.Append(letter);
            }
            else if (Signs.TryGetValue(c, out var sign))
            {
                ascii.Append(sign);
            }
            // A mark that belongs to the letter before it, or to the emoji, vanishes; anything else parts words.
            else if (char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format))
            {
                foreign |= char.IsLetter(c);
                ascii.Append(' ');
            }

            for (var added = before; added < ascii.Length; added++)
            {
                origins.Add(i);
            }
        }

        return new EnglishText(ascii.ToString(), origins, foreign);
    }

    /// <summary>Where the character at an index of <see cref="Ascii"/> came from.</summary>
    public int OriginalIndex(int index) => _origins[index];
}

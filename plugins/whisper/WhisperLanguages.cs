using System.Collections.Frozen;

namespace Aico.Plugins.Whisper;

/// <summary>Whisper's names of languages: it is asked by two letters, and OpenAI and whisper.cpp answer with English names.</summary>
internal static class WhisperLanguages
{
    private const string Names =
        "english en chinese zh german de spanish es russian ru korean ko french fr japanese ja portuguese pt turkish tr polish pl catalan ca dutch nl arabic ar "
        + "swedish sv italian it indonesian id hindi hi finnish fi vietnamese vi hebrew he ukrainian uk greek el malay ms czech cs romanian ro danish da "
        + "hungarian hu tamil ta norwegian no thai th urdu ur croatian hr bulgarian bg lithuanian lt latin la maori mi malayalam ml welsh cy slovak sk telugu te "
        + "persian fa latvian lv bengali bn serbian sr azerbaijani az slovenian sl kannada kn estonian et macedonian mk breton br basque eu icelandic is "
        + "armenian hy nepali ne mongolian mn bosnian bs kazakh kk albanian sq swahili sw galician gl marathi mr punjabi pa sinhala si khmer km shona sn "
        + "yoruba yo somali so afrikaans af occitan oc georgian ka belarusian be tajik tg sindhi sd gujarati gu amharic am yiddish yi lao lo uzbek uz faroese fo "
        + "pashto ps turkmen tk nynorsk nn maltese mt sanskrit sa luxembourgish lb myanmar my tibetan bo tagalog tl malagasy mg assamese as tatar tt hawaiian haw "
        + "lingala ln hausa ha bashkir ba javanese jw sundanese su cantonese yue";

    // Tags that Whisper knows by another one.
    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["nb"] = "no",
        ["fil"] = "tl",
        ["jv"] = "jw",
        ["iw"] = "he",
        ["in"] = "id",
        ["cmn"] = "zh",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Tags = Names.Split(' ').Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1] == "jw" ? "jv" : pair[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whisper's code for a BCP 47 tag; "" for none.</summary>
    public static string CodeOf(string tag)
    {
        var language = tag.Split('-', '_')[0];
        return Others.GetValueOrDefault(language, language.ToLowerInvariant());
    }

    /// <summary>The BCP 47 tag of what a server calls a language; null where that is not known.</summary>
    public static string? TagOf(string name) => Tags.TryGetValue(name, out var tag) ? tag : name.Length is 2 or 3 ? name.ToLowerInvariant() : null;
}

using System.Collections.Frozen;
using Aico.Abstractions;

namespace Aico.Plugins.Espeak;

/// <summary>Finds espeak-ng's voice for a BCP 47 tag.</summary>
internal static class EspeakLanguages
{
    /// <summary>
    /// The languages that people are told of. Others speak, but not well enough to recommend, in espeak-ng 1.51: Hebrew has no
    /// numbers and needs written vowels, Belarusian lacks its dictionary, Japanese and Korean name Chinese characters one by one.
    /// </summary>
    public static readonly IReadOnlyList<string> Documented =
    [
        "en-US", "en-GB", "de", "fr", "es", "es-419", "it", "pt", "pt-BR", "nl", "sv", "nb", "da", "fi", "is", "pl", "cs", "sk", "sl", "hr",
        "sr", "bs", "bg", "mk", "ro", "hu", "el", "tr", "ru", "uk", "lt", "lv", "et", "sq", "ca", "eu", "cy", "ga", "eo", "la", "af", "sw",
        "ar", "fa", "hi", "bn", "ta", "te", "ur", "id", "ms", "vi", "th", "zh", "yue", "ka", "hy", "kk",
    ];

    /// <summary>The voices of espeak-ng 1.51 (`espeak-ng --voices`), without invented languages and variants.</summary>
    private static readonly FrozenSet<string> Voices = (
        "af am an ar as az ba be bg bn bs ca cmn cs cv cy da de el en en-029 en-gb en-gb-scotland en-gb-x-rp en-us en-us-nyc eo es es-419 et eu " +
        "fa fi fr fr-be fr-ch fr-fr ga gd gn grc gu hak haw he hi hr ht hu hy hyw ia id io is it ja ka kk kl kn ko kok ku ky la lb lfn lt ltg " +
        "lv mi mk ml mr ms mt my nb nci ne nl nog om or pa pap pl pt pt-br qu ro ru ru-lv sd shn si sk sl sq sr sv sw ta te th tk tn tr tt ug uk " +
        "ur uz vi vi-vn-x-central vi-vn-x-south yue").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> OtherNames = new Dictionary<string, string>
    {
        ["en"] = "en-us",
        ["en-au"] = "en-gb",
        ["en-nz"] = "en-gb",
        ["en-ie"] = "en-gb",
        ["en-in"] = "en-gb",
        ["en-za"] = "en-gb",
        ["en-ca"] = "en-us",
        ["fr"] = "fr-fr",
        ["fr-ca"] = "fr-fr",
        ["zh"] = "cmn",
        ["zh-hk"] = "yue",
        ["zh-yue"] = "yue",
        ["no"] = "nb",
        ["nn"] = "nb",
        ["fil"] = "id",
        ["es-mx"] = "es-419",
        ["es-us"] = "es-419",
        ["es-ar"] = "es-419",
        ["es-co"] = "es-419",
        ["es-cl"] = "es-419",
        ["es-pe"] = "es-419",
        ["iw"] = "he",
        ["in"] = "id",
        ["sh"] = "hr",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the voice of the tag, or of the nearest tag that has one: "de-AT" speaks as "de".</summary>
    /// <exception cref="ProviderException">espeak-ng does not speak the language.</exception>
    public static string VoiceOf(string language)
    {
        for (var tag = language.Replace('_', '-'); tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
        {
            if (OtherNames.TryGetValue(tag, out var voice) || Voices.TryGetValue(tag, out voice))
            {
                return voice;
            }
        }

        throw new ProviderException(
            ProviderFailure.InvalidRequest,
            $"espeak-ng has no voice for the language \"{language}\". Use a BCP 47 tag such as {string.Join(", ", Documented.Take(8))}; `espeak-ng --voices` lists all.");
    }
}

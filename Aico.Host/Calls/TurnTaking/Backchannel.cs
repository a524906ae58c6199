using System.Collections.Frozen;

namespace Aico.Host.Calls.TurnTaking;

/// <summary>
/// Sounds of a listener who wants the speaker to go on: they do not interrupt. "Yes", "no" and "stop" are answers and so do, even
/// in languages where "yes" is a listener's sound too (はい); said twice it is one (はいはい, ja ja). A question mark always makes a question.
/// </summary>
internal static class Backchannel
{
    private const string Sounds = "mm|mhm|mm hm|hm|uh huh|aha|ah|oh|ah ha|ok|okay|oh okay|wow";

    private static readonly FrozenDictionary<string, PhraseSet> ByLanguage = new Dictionary<string, string>
    {
        ["en"] = "yeah|yep|yup|right|alright|all right|sure|i see|got it|gotcha|cool|great|good|nice|interesting|exactly|of course|true|i understand|makes sense|that makes sense|really|fine",
        ["de"] = "ach|ach so|achso|soso|genau|verstehe|ich verstehe|stimmt|klar|alles klar|na klar|gut|richtig|ja ja|ja genau|ja klar|sicher|interessant|natürlich|in ordnung",
        ["fr"] = "d'accord|je vois|ah bon|ah oui|oui oui|ouais|bien sûr|c'est ça|voilà|exactement|entendu|très bien|je comprends|super|bien",
        ["es"] = "ajá|vale|claro|claro que sí|ya|ya veo|entiendo|de acuerdo|bueno|bien|está bien|muy bien|cierto|exacto|por supuesto|sí sí|comprendo",
        ["it"] = "capisco|certo|esatto|va bene|già|ho capito|giusto|bene|d'accordo|infatti|sì sì|ah ecco|perfetto",
        ["pt"] = "tá|tá bom|tá bem|entendi|entendo|sei|certo|claro|pois|pois é|aham|ahã|uhum|beleza|está bem|exato|isso|sim sim",
        ["nl"] = "oké|precies|juist|snap ik|ik snap het|begrijp ik|ik begrijp het|natuurlijk|tuurlijk|goed|klopt|zeker|ja ja|ja precies|prima",
        ["ja"] = "うん|うんうん|ええ|ええええ|はいはい|へえ|へー|ふーん|ふうん|ほう|なるほど|なるほどね|そう|そうですね|そうですか|そうなんだ|そうなんですね|そうか|そっか|あー|ああ|了解|了解です|わかりました|分かりました|確かに|たしかに",
    }.ToFrozenDictionary(entry => entry.Key, entry => new PhraseSet($"{Sounds}|{entry.Value}".Split('|'), SpokenWords.Fold));

    private static readonly PhraseSet Universal = new(Sounds.Split('|'), SpokenWords.Fold);

    /// <summary>Takes a list in place of the built-in one where there is one, also an empty one; no text is no backchannel.</summary>
    public static bool IsOnlyBackchannel(string text, string? language, IReadOnlyList<string>? custom)
    {
        if (text.AsSpan().ContainsAny('?', '？'))
        {
            return false;
        }

        var phrases = custom is not null ? new PhraseSet(custom, SpokenWords.Fold)
            : ByLanguage.GetValueOrDefault(EndOfTurnLanguage.Primary(language), Universal);
        return phrases.Covers(SpokenWords.Of(text));
    }
}

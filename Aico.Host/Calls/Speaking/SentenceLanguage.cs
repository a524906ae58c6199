using System.Collections.Frozen;

namespace Aico.Host.Calls.Speaking;

/// <summary>The words that clauses depend on, by language.</summary>
internal sealed class SentenceLanguage
{
    private static readonly FrozenSet<string> OrdinalLanguages = FrozenSet.Create("de", "da", "nb", "nn", "no", "fi", "cs", "sk", "pl", "hu", "sl", "hr", "et", "lv", "tr");

    private static readonly SentenceLanguage English = new(
        false,
        "but because which while although though whereas unless until whether where when if since",
        "and or so then",
        "i you we he she it they there this that i'm i'll i'd i've you're you'll we're we'll it's he's she's they're that's there's let then");

    private static readonly FrozenDictionary<string, SentenceLanguage> Known = new Dictionary<string, SentenceLanguage>
    {
        ["en"] = English,
        ["de"] = new(true, "aber weil denn sondern obwohl während damit", "und oder", "ich du er sie es wir ihr man das dann"),
        ["fr"] = new(false, "mais parce car quand lorsque puisque alors", "et ou donc", "je tu il elle on nous vous ils elles ce c'est j'ai puis"),
        ["es"] = new(false, "pero porque aunque cuando sino mientras", "y o", "yo tú él ella usted nosotros ellos luego después"),
        ["it"] = new(false, "ma perché quando mentre anche", "e o", "io tu lui lei noi voi loro poi"),
        ["pt"] = new(false, "mas porque quando embora enquanto", "e ou", "eu tu ele ela você nós eles depois"),
        ["nl"] = new(false, "maar omdat terwijl hoewel zodat", "en of", "ik jij je hij zij ze het wij we u dan"),
    }.ToFrozenDictionary();

    private readonly WordSet opening;
    private readonly WordSet joining;
    private readonly WordSet subjects;

    private SentenceLanguage(bool writesOrdinals, string opening, string joining, string subjects)
    {
        WritesOrdinals = writesOrdinals;
        this.opening = new(StringComparer.OrdinalIgnoreCase, opening);
        this.joining = new(StringComparer.OrdinalIgnoreCase, joining);
        this.subjects = new(StringComparer.OrdinalIgnoreCase, subjects);
    }

    /// <summary>"am 3. Mai": a number with a stop is an ordinal.</summary>
    public bool WritesOrdinals { get; }

    /// <summary>Takes tags such as de or de-AT; null is English, and a language without words of its own splits no clauses by conjunctions.</summary>
    public static SentenceLanguage For(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return English;
        }

        var primary = tag.Split('-', '_')[0].ToLowerInvariant();
        return Known.TryGetValue(primary, out var known) ? known : new(OrdinalLanguages.Contains(primary), "", "", "");
    }

    public bool OpensClause(ReadOnlySpan<char> word) => opening.Contains(word);

    public bool JoinsClauses(ReadOnlySpan<char> word) => joining.Contains(word);

    public bool IsSubject(ReadOnlySpan<char> word) => subjects.Contains(word);
}

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Abbreviations, and words that sentences start with, of all languages in one list: agents mix languages, and hardly any of
/// these words means something else in another one.
/// </summary>
internal static class SentenceWords
{
    private static readonly WordSet BeforeName = new(StringComparer.Ordinal, """
        Dr dr Mr mr Mrs mrs Ms Messrs Prof prof St Gen Sen Rep Lt Col Capt Cpt Sgt Cpl Cmdr Adm Maj Rev Hon Gov Pres Supt Mt Ft Pt
        e.g i.e E.g I.e eg vs Vs cf Cf viz approx ca Ca c.f
        Hr Hrn z.B Z.B d.h D.h u.a bzw Bzw evtl ggf inkl exkl vgl Vgl sog Dipl Ing Bd
        Mme Mlle MM Mgr p.ex Sra Srta Sres Dra Da Ud Uds Vd p.ej Sig Sigg Dott Avv Dhr Mevr mevr dhr bijv d.w.z
        """);

    private static readonly WordSet BeforeNumber = new(StringComparer.Ordinal, "No Nos Nr nr Fig fig Figs Vol vol pp p Ch Sec Art Abs Kap Tel tel ext Ext núm Núm n°");

    private static readonly WordSet BeforeLowercase = new(StringComparer.OrdinalIgnoreCase, "a.m p.m etc usw ecc enz blvd rd hrs mins secs");

    private static readonly WordSet Other = new(StringComparer.Ordinal, """
        Jr Sr jr sr Inc Ltd Co Corp Bros Ave Dept Univ Assn Est est Ph.D M.Sc B.Sc Ph.Ds LL.B LL.M Bsc
        Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
        ft lb lbs oz kg km cm mm Str str EE.UU pág Mio Mrd Std
        """);

    private static readonly WordSet Starters = new(StringComparer.Ordinal, """
        The A An I You We He She It They This That These Those There Then Here My Your Our His Her Its Their
        But And So Or If When While Because After Before Now What Why How Who Where Which Would Could Should Can Do Does Did Is Are Was Were
        Please Let Let's Also However Still Yes No Not Well In On At For To As I'm I'll I've It's You're We're We'll That's There's Once Just Thanks
        Der Die Das Ein Eine Ich Du Er Sie Es Wir Ihr Und Aber Dann Wenn Dies Diese Bitte Haben Ist Sind Im Am
        Le La Les Un Une Je Tu Il Elle Nous Vous Ils Elles Et Mais Puis Ce Cette C'est Est
        El Los Las Una Yo Usted Ella Nosotros Ellos Y Pero Luego Esto Esta Este Es Por
        Lo Gli Io Noi Loro E Ma Poi Questo O Os As Eu Ele Ela Mas Isto De Het Een Ik Jij Hij Wij Zij En Maar Dan Dit
        """);

    private static readonly WordSet AfterTime = new(StringComparer.Ordinal, """
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December
        EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT UTC CET CEST BST
        """);

    public static bool IsStarter(ReadOnlySpan<char> word) => Starters.Contains(word);

    /// <summary>"7 a.m. Monday": a capital that goes on with the time.</summary>
    public static bool FollowsTime(ReadOnlySpan<char> word) => AfterTime.Contains(word);

    /// <summary>Takes the token before the stop, without it.</summary>
    public static AbbreviationKind Classify(ReadOnlySpan<char> token) =>
        BeforeName.Contains(token) ? AbbreviationKind.BeforeName
        : BeforeNumber.Contains(token) ? AbbreviationKind.BeforeNumber
        : BeforeLowercase.Contains(token) ? AbbreviationKind.BeforeLowercase
        : Other.Contains(token) || IsLettersWithStops(token) ? AbbreviationKind.Other
        : AbbreviationKind.None;

    /// <summary>J, U.S, N.A.S.A.</summary>
    private static bool IsLettersWithStops(ReadOnlySpan<char> token)
    {
        for (var i = 0; i < token.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(token[i]) || WordScript.IsUnspaced(WordScript.RuneAt(token, i)) : token[i] != '.')
            {
                return false;
            }
        }

        return token.Length % 2 == 1;
    }
}

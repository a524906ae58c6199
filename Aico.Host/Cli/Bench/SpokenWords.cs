using System.Text;
using System.Text.RegularExpressions;

namespace Aico.Host.Cli.Bench;

/// <summary>Reduces a text to the words that one hears when it is read out, so that only what was said is compared.</summary>
internal static partial class SpokenWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>
    /// Lower case, no punctuation, hyphens split, apostrophes dropped ("don't" is "dont"). Numbers are read out in English: up to
    /// three digits as a number ("42" is "forty two"), longer ones and ones with a leading zero digit by digit ("4579", "007"),
    /// unless commas group them ("1,250" is "one thousand two hundred fifty"). "7:00" is "seven", "3.5" is "three point five",
    /// "Mr." is "mister".
    /// </summary>
    public static IReadOnlyList<string> Of(string text)
    {
        text = FullHour().Replace(text, "$1");
        text = Decimal().Replace(text, match => $"{match.Groups[1].Value} point {string.Join(' ', match.Groups[2].Value.AsEnumerable())}");
        text = Digits().Replace(text, match => $" {ReadOut(match.Value)} ");
        text = text.Replace("%", " percent ", StringComparison.Ordinal).Replace("&", " and ", StringComparison.Ordinal);

        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
        {
            if (letter is '\'' or '’')
            {
                continue;
            }

            plain.Append(char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "mr" => "mister",
            "mrs" => "missus",
            "dr" => "doctor",
            _ => word,
        })];
    }

    private static string ReadOut(string digits)
    {
        var plain = digits.Replace(",", "", StringComparison.Ordinal);
        var isGrouped = plain.Length < digits.Length;
        var isNumber = plain == "0" || (plain[0] != '0' && (plain.Length <= 3 || (isGrouped && plain.Length <= 9)));
        return isNumber
            ? Number(int.Parse(plain, System.Globalization.CultureInfo.InvariantCulture))
            : string.Join(' ', plain.Select(digit => Small[digit - '0']));
    }

    private static string Number(int value) => value switch
    {
        < 20 => Small[value],
        < 100 => Tens[value / 10] + Rest(value % 10),
        < 1_000 => Small[value / 100] + " hundred" + Rest(value % 100),
        < 1_000_000 => Number(value / 1_000) + " thousand" + Rest(value % 1_000),
        _ => Number(value / 1_000_000) + " million" + Rest(value % 1_000_000),
    };

    private static string Rest(int value) => value == 0 ? "" : " " + Number(value);

    [GeneratedRegex(@"\b([0-9]{1,2}):00\b")]
    private static partial Regex FullHour();

    [GeneratedRegex(@"([0-9])\.([0-9]+)")]
    private static partial Regex Decimal();

    // ASCII only: ReadOut counts from '0'.
    [GeneratedRegex("[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+")]
    private static partial Regex Digits();
}

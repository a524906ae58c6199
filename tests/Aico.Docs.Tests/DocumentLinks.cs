using System.Text.RegularExpressions;

namespace Aico.Docs.Tests;

/// <summary>Links of a page that lead to another page or place of this repository, and the places that it has.</summary>
internal static partial class DocumentLinks
{
    public static IEnumerable<(int Line, string Target)> Of(DocumentPage page) =>
        from line in Prose(page.Lines)
        from match in Link().Matches(InlineCode().Replace(line.Text, ""))
        let target = match.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        select (line.Number, target);

    /// <summary>Names of headings, as GitHub makes them.</summary>
    public static IReadOnlySet<string> Anchors(IReadOnlyList<string> lines)
    {
        var anchors = new HashSet<string>();
        foreach (var (_, text) in Prose(lines))
        {
            if (Heading().Match(text) is { Success: true } heading)
            {
                var name = Dropped().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');
                for (var (unique, count) = (name, 1); !anchors.Add(unique); count++)
                {
                    unique = $"{name}-{count}";
                }
            }
        }

        return anchors;
    }

    // What stands in fences is no prose: a comment of a shell looks like a heading.
    private static IEnumerable<(int Number, string Text)> Prose(IReadOnlyList<string> lines)
    {
        var isFenced = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }
            else if (!isFenced)
            {
                yield return (i + 1, lines[i]);
            }
        }
    }

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Dropped();
}

using System.Text.RegularExpressions;

namespace Aico.Docs.Tests;

/// <summary>
/// Finds the blocks of commands in a page. Whatever is indented by four blanks after an empty line is commands, and so is a fence named
/// sh; anything else stands in a fence that names another language. A comment <c>not run: reason</c> before a block says that it cannot be
/// run by the tests.
/// </summary>
internal static partial class CommandBlocks
{
    private const string Indent = "    ";

    public static IReadOnlyList<CommandBlock> Of(DocumentPage page) => Of(page, page.Lines);

    public static IReadOnlyList<CommandBlock> Of(DocumentPage page, IReadOnlyList<string> lines)
    {
        var blocks = new List<CommandBlock>();
        string? reason = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            if (Marker().Match(lines[i]) is { Success: true } marker)
            {
                reason = marker.Groups[1].Value;
                continue;
            }

            var begin = i;
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = i + 1;
                while (end < lines.Count && lines[end].Trim() != "```")
                {
                    end++;
                }

                if (fence.Groups[2].Value is "sh" or "bash" or "console")
                {
                    blocks.Add(new CommandBlock(page, begin + 1, Join(lines.Skip(begin + 1).Take(end - begin - 1)), reason));
                }

                i = end;
            }
            else if (lines[i].StartsWith(Indent, StringComparison.Ordinal) && (i == 0 || lines[i - 1].Length == 0))
            {
                while (i < lines.Count && lines[i].StartsWith(Indent, StringComparison.Ordinal))
                {
                    i++;
                }

                blocks.Add(new CommandBlock(page, begin + 1, Join(lines.Skip(begin).Take(i - begin).Select(line => line[Indent.Length..])), reason));
                i--;
            }

            reason = null;
        }

        return blocks;
    }

    // A backslash at the end of a line goes on with the next.
    private static List<string> Join(IEnumerable<string> lines)
    {
        var commands = new List<string>();
        var before = "";
        foreach (var line in lines)
        {
            if (line.EndsWith('\\'))
            {
                before += line[..^1];
                continue;
            }

            if ((before + line).Trim() is { Length: > 0 } command && command[0] != '#')
            {
                commands.Add(command);
            }

            before = "";
        }

        return commands;
    }

    [GeneratedRegex("^<!-- not run: (.+) -->$")]
    private static partial Regex Marker();

    [GeneratedRegex("^( {0,3})```([A-Za-z]*)")]
    private static partial Regex Fence();
}

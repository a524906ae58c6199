using System.Text;

namespace Aico.Docs.Tests;

/// <summary>A command as a POSIX shell reads it, as far as the documents need: variables before it, quotes, redirections, a comment.</summary>
/// <param name="Variables">Set for this command alone; or, where there are no words, for those after it.</param>
/// <param name="Words">The program and its arguments.</param>
/// <param name="Input">The file of standard input.</param>
/// <param name="Output">The file of standard output.</param>
internal sealed record ShellLine(IReadOnlyDictionary<string, string> Variables, string[] Words, string? Input, string? Output)
{
    /// <summary>Reads a line. Commands that are joined come one after the other.</summary>
    /// <exception cref="FormatException">It uses what is not known here, such as a pipe.</exception>
    public static IReadOnlyList<ShellLine> Parse(string line, Func<string, string?> variable)
    {
        var commands = new List<ShellLine>();
        var tokens = new List<string>();
        foreach (var token in Tokens(line, variable).Append("&&"))
        {
            if (token is "&&")
            {
                commands.Add(Of(tokens));
                tokens.Clear();
            }
            else if (token is "|" or "&" or ";")
            {
                throw new FormatException($"\"{token}\" is not known here: {line}");
            }
            else
            {
                tokens.Add(token);
            }
        }

        return commands;
    }

    private static ShellLine Of(List<string> tokens)
    {
        var variables = new Dictionary<string, string>();
        var words = new List<string>();
        string? input = null, output = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is "<" or ">" && i + 1 < tokens.Count)
            {
                (input, output) = tokens[i] == "<" ? (tokens[i + 1], output) : (input, tokens[i + 1]);
                i++;
            }
            else if (words is [] or ["export"] && tokens[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var at && tokens[i][..at].All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                variables[tokens[i][..at]] = tokens[i][(at + 1)..];
            }
            else
            {
                words.Add(tokens[i]);
            }
        }

        return new ShellLine(variables, words is ["export"] ? [] : [.. words], input, output);
    }

    private static List<string> Tokens(string line, Func<string, string?> variable)
    {
        var (tokens, word, isWord, quote) = (new List<string>(), new StringBuilder(), false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else if (c == '$' && quote != '\'')
            {
                var name = new string([.. line.Skip(i + 1).TakeWhile(next => char.IsAsciiLetterOrDigit(next) || next == '_')]);
                word.Append(variable(name) ?? throw new FormatException($"${name} is not set: {line}"));
                (isWord, i) = (true, i + name.Length);
            }
            else if (quote != '\0' || !" \"'<>|;&#".Contains(c) || (isWord && c is '&' or '#'))
            {
                word.Append(c);
                isWord = true;
            }
            else if (c is '"' or '\'')
            {
                (quote, isWord) = (c, true);
            }
            else if (c == '#')
            {
                break;
            }
            else
            {
                End();
                if (c == '&' && i + 1 < line.Length && line[i + 1] == '&')
                {
                    tokens.Add("&&");
                    i++;
                }
                else if (c != ' ')
                {
                    tokens.Add(c.ToString());
                }
            }
        }

        End();
        return quote == '\0' ? tokens : throw new FormatException($"A quote is open at the end: {line}");

        void End()
        {
            if (isWord)
            {
                tokens.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
    }
}

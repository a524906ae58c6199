using System.CommandLine;
using System.Text.RegularExpressions;

namespace Aico.Docs.Tests;

/// <summary>Commands inside sentences and tables name verbs and options that are there. Their arguments may be left out, or stand for others.</summary>
public partial class InlineCommandTests
{
    [TestCaseSource(typeof(DocumentPage), nameof(DocumentPage.All))]
    public void Names_what_the_command_line_has(DocumentPage page)
    {
        var root = DocumentSandbox.Root(TextReader.Null);

        var unknown =
            from line in page.Lines.Select((text, index) => (text, number: index + 1))
            from match in Command().Matches(line.text)
            let problem = ProblemOf(root, match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal))
            where problem is not null
            select $"{page}:{line.number}: {match.Value}: {problem}";

        unknown.Should().BeEmpty();
    }

    [TestCase("serve --rol api", "--rol")]
    [TestCase("provders list", "provders")]
    [TestCase("org set acme deepgram --enable", "--enable")]
    [TestCase("db backup|chek", "chek")]
    public void Sees_what_is_not_there(string command, string unknown) =>
        ProblemOf(DocumentSandbox.Root(TextReader.Null), command).Should().Contain($"\"{unknown}\"");

    [TestCase("providers models|voices <provider>")]
    [TestCase("providers list [--type stt|tts|llm|vad]")]
    [TestCase("bench rooms --calls N --seconds S [--voice]")]
    public void Takes_what_stands_for_something_else(string command) =>
        ProblemOf(DocumentSandbox.Root(TextReader.Null), command).Should().BeNull();

    private static string? ProblemOf(Command root, string text)
    {
        var words = text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var commands = new List<Command> { root };
        var isVerb = true;
        foreach (var word in words)
        {
            if (word.StartsWith('-'))
            {
                isVerb = false;
                var option = word.Split('=')[0];
                if (option is not ("--help" or "--version") && !commands.Any(command => command.Options.Any(one => one.Name == option || one.Aliases.Contains(option))))
                {
                    return $"no option \"{option}\"";
                }
            }
            else if (isVerb && commands.All(command => command.Subcommands.Count > 0))
            {
                var verbs = word.Split('|');
                if (verbs.FirstOrDefault(verb => commands.All(command => command.Subcommands.All(sub => sub.Name != verb))) is { } unknown)
                {
                    return $"no verb \"{unknown}\"";
                }

                commands = [.. commands.SelectMany(command => command.Subcommands).Where(sub => verbs.Contains(sub.Name))];
            }
        }

        return null;
    }

    [GeneratedRegex("`(?:artifacts/aico/)?aico ([a-z][^`]*)`")]
    private static partial Regex Command();
}

using System.Text;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Tests.Faults;

/// <summary>Writes docs/faults.md.</summary>
internal static class FaultTable
{
    private const string Head = """
        # What becomes of a call when a provider fails

        Written by the test run (`./build.sh test FaultMatrix`, class `FaultMatrixTests`): each cell is a real call whose chain has two providers of a kind.
        The first is the plugin, pointed at a server that fails in the way of the row; the second always works. A run that sees something else
        writes this file anew and fails: look at the difference, and commit it where it is meant.

        A cell says the category of the failure (`ProviderFailure`) and how long it took until the second was asked: *at once* is as soon as the
        provider knew, *budget* is the time that the call gives a provider where another could be asked (`openBudget`, `readBudget`, `silentAnswerAfter`,
        `audioBudget`, `tokenBudget`). In every cell the caller is answered, by the second unless the cell says *answers*: then the first did.
        A dash stands for what cannot happen, with the reason below its table.

        """;

    private static readonly (ProviderKind Kind, string Title)[] Tables =
    [
        (ProviderKind.SpeechToText, "Speech-to-text"), (ProviderKind.TextToSpeech, "Text-to-speech"), (ProviderKind.LanguageModel, "Language models"),
    ];

    public static string Of(IReadOnlyCollection<FaultCell> cells)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var (kind, title) in Tables)
        {
            var subjects = FaultMatrix.Subjects.Where(subject => subject.Kind == kind).ToList();
            text.Append($"\n## {title}\n\n| | {string.Join(" | ", subjects.Select(subject => subject.Name))} |\n|---|{string.Concat(subjects.Select(_ => "---|"))}\n");
            foreach (var fault in Fault.All)
            {
                var row = subjects.Select(subject => cells.Single(cell => cell.Subject == subject && cell.Fault == fault).Text);
                text.Append($"| {fault.Name} | {string.Join(" | ", row)} |\n");
            }

            var excused = cells.Where(cell => cell.Excuse is not null && cell.Subject.Kind == kind).GroupBy(cell => cell.Excuse!);
            foreach (var reason in excused.OrderBy(reason => reason.Key, StringComparer.Ordinal))
            {
                var faults = Fault.All.Where(fault => reason.Any(cell => cell.Fault == fault)).Select(fault => fault.Name);
                var whom = subjects.Where(subject => reason.Any(cell => cell.Subject == subject)).Select(subject => subject.Name).ToList();
                text.Append($"\n– {string.Join(", ", faults)}{(whom.Count == subjects.Count ? "" : $" ({string.Join(", ", whom)})")}: {reason.Key}.\n");
            }
        }

        return text.ToString();
    }
}

using Aico.Testing;

namespace Aico.Plugins.Tests.Faults;

/// <summary>Every provider, and every way in which it fails.</summary>
[TestFixture]
internal sealed class FaultMatrixTests
{
    private IReadOnlyList<FaultCell> _well = null!;
    private IReadOnlyList<FaultCell> _cells = null!;

    private static IEnumerable<string> Names => FaultMatrix.Subjects.Select(subject => subject.Name);

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        var began = TimeProvider.System.GetTimestamp();

        // First, so that nothing is compiled while the others are timed.
        _well = await FaultMatrix.RunAsync([Fault.None]);
        _cells = await FaultMatrix.RunAsync(Fault.All);
        await TestContext.Out.WriteLineAsync($"{_cells.Count} cells in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    [TestCaseSource(nameof(Names))]
    public void Answers_by_itself_where_nothing_is_wrong(string subject) =>
        Of(_well, subject).Should().OnlyContain(cell => cell.AnsweredBy == EverWorking.First && cell.Failure == null);

    [TestCaseSource(nameof(Names))]
    public void Leaves_no_caller_without_an_answer(string subject) =>
        Of(_cells, subject).Where(cell => cell.AnsweredBy is null).Select(cell => cell.ToString()).Should().BeEmpty();

    [TestCaseSource(nameof(Names))]
    public void Goes_on_with_the_second_within_the_budget(string subject) =>
        Of(_cells, subject).Where(cell => cell.Failover > cell.Bound).Select(cell => cell.ToString()).Should().BeEmpty();

    [Test]
    public async Task Is_what_the_documentation_says()
    {
        var path = Path.Combine(TestPaths.Repository, "docs", "faults.md");
        var written = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        var seen = FaultTable.Of(_cells);
        if (written.ReplaceLineEndings("\n") != seen)
        {
            await File.WriteAllTextAsync(path, seen);
        }

        seen.Should().Be(written.ReplaceLineEndings("\n"), "docs/faults.md was written anew: look at the difference, and commit it where it is meant");
    }

    private static IEnumerable<FaultCell> Of(IEnumerable<FaultCell> cells, string subject) => cells.Where(cell => cell.Subject.Name == subject && cell.Excuse is null);
}

using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Cli.Doctor;

public class DatabaseExamTests
{
    private SqliteSubject _subject = null!;

    private DataFolder Folder => new(Path.GetDirectoryName(_subject.Path)!);

    [SetUp]
    public void Begin() => _subject = new SqliteSubject();

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public async Task One_that_is_whole_and_fits_is_well()
    {
        await (await _subject.OpenAsync(new ManualClock())).DisposeAsync();

        var finding = await DatabaseExam.LookAsync(Folder);

        finding.Should().Match<DoctorFinding>(found => found.Status == DoctorStatus.Ok && found.Remedy == null && found.Detail == _subject.Path);
        Directory.GetFiles(Folder.Path).Should().NotContain(file => file.Contains("doctor"));
    }

    [Test]
    public async Task None_is_missing_where_one_can_be_made()
    {
        var finding = await DatabaseExam.LookAsync(Folder);

        finding.Status.Should().Be(DoctorStatus.Missing);
        finding.Remedy.Should().Contain("aico serve");
        Directory.Exists(Folder.Path).Should().BeFalse("looking changes nothing");
    }

    [Test]
    public async Task None_is_a_fault_where_none_can_be_made()
    {
        // Not even root makes anything in a folder that is a file.
        var file = Path.Combine(_subject.Folder, "file");
        File.WriteAllText(file, "");

        var finding = await DatabaseExam.LookAsync(new DataFolder(OperatingSystem.IsLinux() ? "/proc/aico" : file));

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Detail.Should().Contain("none can be made");
        finding.Remedy.Should().Contain("--data-dir");
    }

    [Test]
    public async Task Damage_is_a_fault()
    {
        await (await _subject.OpenAsync(new ManualClock())).DisposeAsync();
        await using (var file = File.OpenWrite(_subject.Path))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xAA, (int)(file.Length - file.Position)).ToArray());
        }

        var finding = await DatabaseExam.LookAsync(Folder);

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Detail.Should().StartWith("It is damaged: ");
        finding.Remedy.Should().Contain("backup");
    }

    [Test]
    public async Task An_older_one_wants_to_be_migrated()
    {
        await (await _subject.OpenAsync(SqliteMigration.All[0])).DisposeAsync();

        var finding = await DatabaseExam.LookAsync(Folder);

        finding.Status.Should().Be(DoctorStatus.Warning);
        finding.Remedy.Should().Contain("aico db migrate");
    }

    [Test]
    public async Task A_file_of_another_kind_is_a_fault()
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(_subject.Path, new string('x', 5000));

        (await DatabaseExam.LookAsync(Folder)).Status.Should().Be(DoctorStatus.Broken);
    }
}

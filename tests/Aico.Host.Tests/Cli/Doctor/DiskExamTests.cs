using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;

namespace Aico.Host.Tests.Cli.Doctor;

public class DiskExamTests
{
    [TestCase(DiskExam.Least - 1, DoctorStatus.Broken)]
    [TestCase(DiskExam.Least, DoctorStatus.Warning)]
    [TestCase(DiskExam.Comfortable - 1, DoctorStatus.Warning)]
    [TestCase(DiskExam.Comfortable, DoctorStatus.Ok)]
    public void Says_whether_there_is_room(long free, object status)
    {
        var finding = DiskExam.Look("data folder", "the database", Path.GetTempPath(), _ => free);

        finding.Status.Should().Be((DoctorStatus)status);
        (finding.Remedy is null).Should().Be(finding.Status == DoctorStatus.Ok);
    }

    [Test]
    public void Looks_where_a_folder_that_is_not_there_yet_would_be_made()
    {
        var asked = "";

        DiskExam.Look("data folder", "the database", Path.Combine(Path.GetTempPath(), "no", "such"), folder => (asked = folder).Length);

        asked.TrimEnd(Path.DirectorySeparatorChar).Should().Be(Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar));
    }

    [Test]
    public void A_disk_that_does_not_say_is_told_of() =>
        DiskExam.Look("data folder", "the database", "/", _ => throw new IOException("gone")).Status.Should().Be(DoctorStatus.Warning);

    [Test]
    public void Asks_the_real_disk() => DiskExam.FreeBytes(Path.GetTempPath()).Should().BePositive();
}

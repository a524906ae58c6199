using System.Runtime.Versioning;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public class PrivateFilesTests
{
    private DirectoryInfo _folder = null!;

    private string File1 => Path.Combine(_folder.FullName, "one");

    private string File2 => Path.Combine(_folder.FullName, "two");

    [SetUp]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("aico-files-");
        PrivateFiles.Create(File1).Dispose();
    }

    [TearDown]
    public void End() => _folder.Delete(recursive: true);

    [Test]
    public void Gives_a_file_its_name_and_overwrites_only_where_that_is_asked_for()
    {
        File.WriteAllText(File1, "new");
        File.WriteAllText(File2, "old");

        FluentActions.Invoking(() => PrivateFiles.Rename(File1, File2, overwrite: false)).Should().Throw<IOException>();
        File.ReadAllText(File2).Should().Be("old");

        PrivateFiles.Rename(File1, File2, overwrite: true);
        File.ReadAllText(File2).Should().Be("new");
        File.Exists(File1).Should().BeFalse();
    }

    [Test]
    public void Says_that_a_folder_cannot_be_written_through()
    {
        FluentActions.Invoking(() => FolderFlush.Run(Path.Combine(_folder.FullName, "none"))).Should().Throw<IOException>().WithMessage("*none could not be written*");
    }

    [Test]
    public void Leaves_a_folder_that_is_there_as_it_is()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);

        PrivateFiles.EnsureFolder(_folder.FullName);

        File.GetUnixFileMode(_folder.FullName).Should().Be((UnixFileMode)0b111_101_101);
    }
}

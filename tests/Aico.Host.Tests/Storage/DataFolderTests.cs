using Aico.Host.Storage;

namespace Aico.Host.Tests.Storage;

public class DataFolderTests
{
    [Test]
    public void Is_the_one_that_was_asked_for_then_the_one_of_the_variable()
    {
        var environment = new Dictionary<string, string> { ["AICO_DATA_DIR"] = "/srv/aico" };

        DataFolder.Find("/tmp/mine", environment).Path.Should().Be(Path.GetFullPath("/tmp/mine"));
        DataFolder.Find(null, environment).Path.Should().Be(Path.GetFullPath("/srv/aico"));
        DataFolder.Find("", environment).Database.Should().Be(Path.GetFullPath("/srv/aico/aico.db"));
        DataFolder.Find(null, environment).MasterKey.Should().Be(Path.GetFullPath("/srv/aico/master.key"));
    }

    [Test]
    public void Is_otherwise_a_folder_of_the_user_called_aico()
    {
        var folder = DataFolder.Find(null, new Dictionary<string, string> { ["AICO_DATA_DIR"] = "" }).Path;

        Path.IsPathRooted(folder).Should().BeTrue();
        Path.GetFileName(folder).Should().Be("aico");
        folder.StartsWith("/var/lib", StringComparison.Ordinal).Should().Be(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess);
    }
}

using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreBackupTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    private string BackupPath => Path.Combine(Subject.Folder, "copy.backup");

    [Test]
    public async Task Overwrites_no_file()
    {
        await File.WriteAllTextAsync(BackupPath, "mine");

        await FluentActions.Awaiting(() => Store.BackupAsync(BackupPath, default).AsTask()).Should().ThrowAsync<IOException>().WithMessage("*copy.backup exists already*");

        (await File.ReadAllTextAsync(BackupPath)).Should().Be("mine");
    }

    [Test]
    public async Task Goes_on_writing_while_it_copies()
    {
        var backup = Store.BackupAsync(BackupPath, default).AsTask();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ApplyAsync(Provider($"p{n}")).AsTask()));
        await backup;

        (await Store.RevisionAsync(default)).Should().Be(21);
        File.Exists(BackupPath).Should().BeTrue();
        Directory.EnumerateFiles(Subject.Folder).Should().ContainSingle("what was written on the way is gone");
    }

    [Test]
    public async Task Finds_no_damage_where_there_is_none()
    {
        (await Store.CheckAsync(default)).Should().BeEmpty();
    }
}

using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreRevisionTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Begins_at_0_and_grows_with_every_change()
    {
        using var empty = new TSubject();
        await using var store = await empty.OpenAsync(Clock);

        (await store.RevisionAsync(default)).Should().Be(0);
        (await store.ApplyAsync([new StoreChange.CreateOrganization("a", "A")], Anna, default)).Should().Be(1);
        (await store.ApplyAsync([Provider("p", organization: "a"), Provider("q", organization: "a")], Anna, default)).Should().Be(2);
        (await store.RevisionAsync(default)).Should().Be(2);
    }

    [Test]
    public async Task Leaves_the_revision_alone_where_no_configuration_changes()
    {
        await ApplyAsync(Secrets("flite", ("token", 7)), new StoreChange.AddApiKey("acme", Key("k", 9)));
        var secret = (await AcmeAsync()).Secrets[0];

        await Store.ReplaceEncryptionAsync([new ReencryptedSecret("acme", secret, Encrypted(8, "k2"))], default);
        await Store.TouchApiKeysAsync(new Dictionary<string, DateTimeOffset> { ["k"] = Clock.Now }, default);
        await Store.SaveSessionAsync(new SessionRow("s", "acme", "room", Clock.Now, null, "{}", null), default);
        await Store.AddUsageAsync([StoreUsageTests<TSubject>.Row(Clock.Now)], default);
        (await ApplyAsync()).Should().Be(2, "nothing to do is no change");

        (await Store.RevisionAsync(default)).Should().Be(2);
    }

    [Test]
    public async Task Takes_a_change_that_expects_the_revision_that_is_there()
    {
        await ApplyAsync(Provider("flite") with { ExpectedRevision = 0 });
        await ApplyAsync(Provider("flite", priority: 1) with { ExpectedRevision = 2 });
        await ApplyAsync(new StoreChange.PutAgent("acme", "default", "{}") { ExpectedRevision = 0 });
        await ApplyAsync(Secrets("flite", ("a", 1)) with { ExpectedRevision = 0 });
        await ApplyAsync(Secrets("flite", ("b", 1)) with { ExpectedRevision = 5 });
        await ApplyAsync(new StoreChange.RenameOrganization("acme", "x") { ExpectedRevision = 6 });
        await ApplyAsync(new StoreChange.DeleteProvider("acme", "flite") { ExpectedRevision = 3 });
        await ApplyAsync(new StoreChange.DeleteAgent("acme", "default") { ExpectedRevision = 4 });
        await ApplyAsync(new StoreChange.DeleteSecrets("acme", "flite", null) { ExpectedRevision = 6 });

        (await ApplyAsync(new StoreChange.DeleteOrganization("acme") { ExpectedRevision = 10 })).Should().Be(11);
    }

    [Test]
    public async Task Refuses_a_change_that_expects_another_revision_and_changes_nothing()
    {
        await ApplyAsync(Provider("flite"), Secrets("flite", ("a", 1)), new StoreChange.PutAgent("acme", "default", "{}"));

        await Conflict(Provider("flite") with { ExpectedRevision = 1 }, 1, 2, "The provider \"flite\" has the revision 2, not 1: it was changed in the meantime.");
        await Conflict(Provider("flite") with { ExpectedRevision = 0 }, 0, 2, "The provider \"flite\" exists already.");
        await Conflict(Provider("whisper") with { ExpectedRevision = 2 }, 2, 0);
        await Conflict(new StoreChange.DeleteProvider("acme", "flite") { ExpectedRevision = 1 }, 1, 2);
        await Conflict(Secrets("flite", ("a", 2)) with { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.DeleteSecrets("acme", "flite", null) { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.PutAgent("acme", "default", "{}") { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.DeleteAgent("acme", "default") { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.RenameOrganization("acme", "x") { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.DeleteOrganization("acme") { ExpectedRevision = 1 }, 1, 2);
        await Conflict(new StoreChange.CreateOrganization("acme", "x"), 0, 2, "The organization \"acme\" exists already.");

        (await Store.RevisionAsync(default)).Should().Be(2);
        (await Store.ListAuditAsync("acme", null, 100, default)).Should().HaveCount(4);
    }

    [Test]
    public async Task Moves_the_revision_of_secrets_where_one_of_them_is_removed()
    {
        await ApplyAsync(Secrets("azure", ("a", 1)));
        await ApplyAsync(Secrets("azure", ("b", 2)));

        await ApplyAsync(new StoreChange.DeleteSecrets("acme", "azure", ["a"]));

        // Who has read both, at revision 3, must not overwrite as if both were there still.
        await Conflict(Secrets("azure", ("b", 3)) with { ExpectedRevision = 3 }, 3, 4);
    }

    [Test]
    public async Task Makes_all_changes_of_a_list_or_none()
    {
        var apply = () => ApplyAsync(Provider("flite"), new StoreChange.CreateOrganization("globex", "G"), new StoreChange.DeleteAgent("globex", "none")).AsTask();

        await apply.Should().ThrowAsync<StoreNotFoundException>();

        (await AcmeAsync()).Providers.Should().BeEmpty();
        (await Store.FindOrganizationAsync("globex", default)).Should().BeNull();
        (await Store.RevisionAsync(default)).Should().Be(1);
        (await Store.ChangesSinceAsync(1, 10, default)).Should().BeEmpty();
    }

    [Test]
    public async Task Tells_each_changed_organization_once_with_its_latest_revision_and_deleted_ones_too()
    {
        await ApplyAsync(new StoreChange.CreateOrganization("b", "B"));
        await ApplyAsync(new StoreChange.CreateOrganization("c", "C"));
        await ApplyAsync(Provider("flite"));
        await ApplyAsync(new StoreChange.DeleteOrganization("b"));

        (await Store.ChangesSinceAsync(0, 10, default)).Should().Equal(
            new ChangedOrganization("c", 3, false), new ChangedOrganization("acme", 4, false), new ChangedOrganization("b", 5, true));
        (await Store.ChangesSinceAsync(3, 1, default)).Should().Equal(new ChangedOrganization("acme", 4, false));
        (await Store.ChangesSinceAsync(5, 10, default)).Should().BeEmpty();

        await ApplyAsync(new StoreChange.CreateOrganization("b", "B"));
        (await Store.ChangesSinceAsync(4, 10, default)).Should().Equal(new ChangedOrganization("b", 6, false));
    }

    [Test]
    public async Task Gives_each_organization_of_a_list_its_own_revision_so_that_pages_of_changes_lose_none()
    {
        var last = await ApplyAsync(new StoreChange.CreateOrganization("b", "B"), new StoreChange.CreateOrganization("c", "C"), Provider("p", organization: "b"));

        last.Should().Be(3);
        (await Store.ChangesSinceAsync(1, 1, default)).Should().Equal(new ChangedOrganization("b", 2, false));
        (await Store.ChangesSinceAsync(2, 1, default)).Should().Equal(new ChangedOrganization("c", 3, false));
        (await Store.FindOrganizationAsync("b", default))!.Providers[0].Revision.Should().Be(2);
    }

    [Test]
    public async Task Sees_what_another_process_has_written()
    {
        await using var other = await Subject.OpenAsync(Clock);

        await other.ApplyAsync([Provider("flite")], Anna, default);

        (await Store.RevisionAsync(default)).Should().Be(2);
        (await AcmeAsync()).Providers.Should().ContainSingle();
        (await Store.ChangesSinceAsync(1, 10, default)).Should().Equal(new ChangedOrganization("acme", 2, false));
    }

    private async Task Conflict(StoreChange change, long expected, long actual, string? message = null)
    {
        var conflict = (await FluentActions.Awaiting(() => ApplyAsync(change).AsTask()).Should().ThrowAsync<StoreConflictException>(change.ToString())).Which;
        (conflict.Expected, conflict.Actual).Should().Be((expected, actual));
        conflict.Message.Should().Be(message ?? conflict.Message);
    }
}

using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreConcurrencyTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Lets_exactly_one_of_many_writers_win_that_expect_the_same_revision()
    {
        await ApplyAsync(Provider("flite"));

        var won = await Task.WhenAll(Enumerable.Range(0, 64).Select(async n =>
        {
            try
            {
                await ApplyAsync(Provider("flite", priority: n) with { ExpectedRevision = 2 });
                return 1;
            }
            catch (StoreConflictException)
            {
                return 0;
            }
        }));

        won.Sum().Should().Be(1);
        (await Store.RevisionAsync(default)).Should().Be(3);
    }

    [Test]
    public async Task Gives_writers_of_two_processes_different_revisions_and_loses_nothing()
    {
        await using var other = await Subject.OpenAsync(Clock);

        var revisions = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            n => (n % 2 == 0 ? Store : other).ApplyAsync([Provider($"p{n}")], Anna, default).AsTask()));

        revisions.Should().OnlyHaveUniqueItems();
        revisions.Max().Should().Be(201);
        (await AcmeAsync()).Providers.Should().HaveCount(200);
    }

    [Test]
    public async Task Reads_an_organization_as_it_was_at_one_moment_while_it_is_written()
    {
        // The writer keeps all three at the same number, one commit after another; a reader in between would see them differ.
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 300; n++)
            {
                await ApplyAsync(Provider("a", priority: n), Provider("b", priority: n), new StoreChange.PutAgent("acme", "default", $"{{\"n\":{n}}}"));
            }
        });
        var seen = 0;
        do
        {
            var acme = await AcmeAsync();
            if (acme.Providers.Count > 0)
            {
                acme.Providers[0].Priority.Should().Be(acme.Providers[1].Priority);
                acme.Agents[0].Settings.Should().Be($"{{\"n\":{acme.Providers[0].Priority}}}");
                acme.Organization.Revision.Should().Be(acme.Agents[0].Revision);
            }

            seen++;
        }
        while (!writing.IsCompleted);

        await writing;
        seen.Should().BePositive();
    }

    [Test]
    public async Task Fails_the_wrong_write_alone_among_those_that_wait_with_it()
    {
        var writes = Enumerable.Range(0, 50).Select(async n =>
        {
            try
            {
                await ApplyAsync(n % 5 == 0 ? new StoreChange.DeleteAgent("acme", $"none{n}") : Provider($"p{n}"));
                return true;
            }
            catch (StoreNotFoundException)
            {
                return false;
            }
        });

        (await Task.WhenAll(writes)).Count(ok => ok).Should().Be(40);
        (await AcmeAsync()).Providers.Should().HaveCount(40);
        (await Store.RevisionAsync(default)).Should().Be(41);
    }

    [Test]
    public async Task Does_nothing_for_whom_has_cancelled_before_it_began()
    {
        var write = () => Store.ApplyAsync([Provider("flite")], Anna, new CancellationToken(canceled: true)).AsTask();
        var read = () => Store.RevisionAsync(new CancellationToken(canceled: true)).AsTask();

        await write.Should().ThrowAsync<OperationCanceledException>();
        await read.Should().ThrowAsync<OperationCanceledException>();
        (await AcmeAsync()).Providers.Should().BeEmpty();
    }

    [Test]
    public async Task Finishes_what_was_asked_before_it_closes_and_takes_nothing_after()
    {
        var writes = Enumerable.Range(0, 100).Select(n => ApplyAsync(Provider($"p{n}")).AsTask()).ToList();

        await Store.DisposeAsync();

        await Task.WhenAll(writes);
        await FluentActions.Awaiting(() => Store.RevisionAsync(default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
        await using var opened = await Subject.OpenAsync(Clock);
        (await opened.RevisionAsync(default)).Should().Be(101);
    }
}

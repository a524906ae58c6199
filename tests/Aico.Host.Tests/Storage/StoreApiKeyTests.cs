using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreApiKeyTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Finds_a_key_by_its_hash()
    {
        var key = Key("k", 9) with { Expires = Clock.Now.AddDays(30) };
        await ApplyAsync(new StoreChange.AddApiKey("acme", key));

        (await Store.FindApiKeyAsync(new byte[] { 9 }, default)).Should().BeEquivalentTo(key, options => options.Excluding(row => row.Hash));
        (await Store.FindApiKeyAsync(new byte[] { 9 }, default))!.Hash.ToArray().Should().Equal(9);
        (await Store.FindApiKeyAsync(new byte[] { 8 }, default)).Should().BeNull();
    }

    [Test]
    public async Task Lists_the_keys_of_an_organization_newest_first()
    {
        await ApplyAsync(new StoreChange.CreateOrganization("globex", "G"));
        await ApplyAsync(
            new StoreChange.AddApiKey("acme", Key("first", 1)),
            new StoreChange.AddApiKey("acme", Key("second", 2)),
            new StoreChange.AddApiKey("acme", Key("earlier", 3) with { Created = Clock.Now.AddDays(-1) }),
            new StoreChange.AddApiKey("globex", Key("other", 4, "globex")));

        (await Store.ListApiKeysAsync("acme", default)).Select(key => key.Id).Should().Equal("second", "first", "earlier");
    }

    [Test]
    public async Task Takes_no_key_twice_and_none_of_another_organization()
    {
        await ApplyAsync(new StoreChange.CreateOrganization("globex", "G"), new StoreChange.AddApiKey("acme", Key("k", 9)));

        await FluentActions.Awaiting(() => ApplyAsync(new StoreChange.AddApiKey("globex", Key("k", 8, "globex"))).AsTask()).Should().ThrowAsync<StoreConflictException>();
        await FluentActions.Awaiting(() => ApplyAsync(new StoreChange.AddApiKey("acme", Key("l", 9))).AsTask()).Should().ThrowAsync<StoreConflictException>();
        await FluentActions.Awaiting(() => ApplyAsync(new StoreChange.AddApiKey("globex", Key("m", 7))).AsTask()).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => ApplyAsync(new StoreChange.EndApiKey("globex", "k", Clock.Now)).AsTask()).Should().ThrowAsync<StoreNotFoundException>();
    }

    [Test]
    public async Task Ends_a_key_at_the_earliest_of_the_moments_that_were_asked_for()
    {
        await ApplyAsync(new StoreChange.AddApiKey("acme", Key("k", 9)));

        await ApplyAsync(new StoreChange.EndApiKey("acme", "k", Clock.Now.AddDays(1)));
        await EndsAsync(Clock.Now.AddDays(1));
        await ApplyAsync(new StoreChange.EndApiKey("acme", "k", Clock.Now));
        await EndsAsync(Clock.Now);
        await ApplyAsync(new StoreChange.EndApiKey("acme", "k", Clock.Now.AddDays(1)));
        await EndsAsync(Clock.Now);

        async Task EndsAsync(DateTimeOffset at) => (await Store.FindApiKeyAsync(new byte[] { 9 }, default))!.Ended.Should().Be(at);
    }

    [Test]
    public async Task Keeps_keys_of_an_organization_that_is_described_elsewhere_until_one_of_the_id_is_made()
    {
        await ApplyAsync(new StoreChange.AddApiKey("filed", Key("f", 9, "filed")), new StoreChange.AddApiKey("acme", Key("k", 8)));
        await ApplyAsync(new StoreChange.EndApiKey("filed", "f", Clock.Now.AddDays(1)));

        (await Store.FindApiKeyAsync(new byte[] { 9 }, default))!.Ended.Should().Be(Clock.Now.AddDays(1));
        (await Store.FindOrganizationAsync("filed", default)).Should().BeNull();
        (await Store.ChangesSinceAsync(1, 10, default)).Select(change => (change.Id, change.IsDeleted)).Should().Equal(("acme", false), ("filed", true));

        await ApplyAsync(new StoreChange.CreateOrganization("filed", "Filed"));

        (await Store.FindApiKeyAsync(new byte[] { 9 }, default)).Should().BeNull("it was of another organization");
        (await Store.FindApiKeyAsync(new byte[] { 8 }, default)).Should().NotBeNull();
        (await Store.ListAuditAsync("filed", null, 9, default)).Select(entry => $"{entry.Action} {entry.Subject}".Trim()).Should()
            .Equal("organization.create", "key.delete f", "key.end f", "key.add f");
    }

    [Test]
    public async Task Notes_when_keys_were_used_and_never_goes_back()
    {
        await ApplyAsync(new StoreChange.AddApiKey("acme", Key("k", 9)));

        await Store.TouchApiKeysAsync(new Dictionary<string, DateTimeOffset> { ["k"] = Clock.Now, ["unknown"] = Clock.Now }, default);
        await Store.TouchApiKeysAsync(new Dictionary<string, DateTimeOffset> { ["k"] = Clock.Now.AddHours(-1) }, default);

        (await Store.ListApiKeysAsync("acme", default)).Should().ContainSingle().Which.LastUsed.Should().Be(Clock.Now);
    }
}

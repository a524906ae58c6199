using Aico.Host.Storage;

namespace Aico.Host.Tests.Storage.Sqlite;

public class SqliteSizeTests
{
    [Test]
    public async Task Holds_ten_thousand_organizations_with_twelve_providers_each()
    {
        using var subject = new SqliteSubject();
        var began = TimeProvider.System.GetTimestamp();
        var actor = new StoreActor("cli:test");
        await using (var store = await subject.OpenAsync(new ManualClock()))
        {
            foreach (var part in Enumerable.Range(0, 10_000).Chunk(1000))
            {
                await store.ApplyAsync([.. part.SelectMany(Organization)], actor, default);
            }
        }

        var start = TimeProvider.System.GetTimestamp();
        await using var opened = await subject.OpenAsync(new ManualClock());
        TestContext.Out.WriteLine($"written in {TimeProvider.System.GetElapsedTime(began, start).TotalSeconds:0.0} s, {new FileInfo(subject.Path).Length >> 20} MiB");
        TestContext.Out.WriteLine($"opened in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
        start = TimeProvider.System.GetTimestamp();
        (await opened.FindOrganizationAsync("org-05000", default))!.Providers.Should().HaveCount(12);
        TestContext.Out.WriteLine($"one organization read for the first time in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0.0} ms");
        start = TimeProvider.System.GetTimestamp();
        for (var n = 0; n < 1000; n++)
        {
            await opened.FindOrganizationAsync($"org-{n * 7:00000}", default);
        }

        TestContext.Out.WriteLine($"then {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} µs each");

        (await opened.RevisionAsync(default)).Should().Be(10_000);
        (await opened.ListOrganizationsAsync("org-09997", 10, default)).Select(row => row.Id).Should().Equal("org-09998", "org-09999");
        (await opened.FindOrganizationAsync("org-07777", default))!.Providers.Should().HaveCount(12);
        (await opened.ChangesSinceAsync(9_000, 500, default)).Should().HaveCount(500);
    }

    private static IEnumerable<StoreChange> Organization(int n) =>
        Enumerable.Range(0, 12)
            .Select(provider => new StoreChange.PutProvider(
                $"org-{n:00000}", $"provider-{provider}", """{"baseUrl":"https://speech.example/v1","model":"base"}""", true, provider))
            .Prepend<StoreChange>(new StoreChange.CreateOrganization($"org-{n:00000}", $"Organization {n}"));
}

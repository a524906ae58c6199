using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreAuditTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Says_who_did_what_with_the_state_before_and_after()
    {
        var key = Key("k", 9) with { Expires = Clock.Now.AddDays(1) };
        await ApplyAsync(Provider("flite", """{"voice":"slt"}"""));
        await ApplyAsync(Provider("flite", """{"voice":"rms"}""", isEnabled: false, priority: 3));
        await ApplyAsync(new StoreChange.DeleteProvider("acme", "flite"));
        await ApplyAsync(Secrets("azure", ("key", 1)));
        await ApplyAsync(Secrets("azure", ("key", 2), ("backup", 3)));
        await ApplyAsync(new StoreChange.DeleteSecrets("acme", "azure", ["key"]));
        await ApplyAsync(new StoreChange.PutAgent("acme", "default", """{"greeting":"Grüß Gott"}"""));
        await ApplyAsync(new StoreChange.DeleteAgent("acme", "default"));
        await ApplyAsync(new StoreChange.AddApiKey("acme", key));
        await ApplyAsync(new StoreChange.EndApiKey("acme", "k", Clock.Now));
        await ApplyAsync(new StoreChange.RenameOrganization("acme", "Acme SE"));
        await ApplyAsync(new StoreChange.DeleteOrganization("acme"));

        var rows = (await Store.ListAuditAsync("acme", null, 100, default)).Reverse().ToList();

        rows.Should().OnlyContain(row => row.OrganizationId == "acme" && row.Actor == "cli:anna" && row.At == Clock.Now);
        rows.Select(row => (row.Action, row.Subject, row.Before, row.After)).Should().Equal(
            ("organization.create", "", null, """{"name":"Acme Inc."}"""),
            ("provider.put", "flite", null, """{"config":{"voice":"slt"},"isEnabled":true,"priority":100}"""),
            ("provider.put", "flite", """{"config":{"voice":"slt"},"isEnabled":true,"priority":100}""", """{"config":{"voice":"rms"},"isEnabled":false,"priority":3}"""),
            ("provider.delete", "flite", """{"config":{"voice":"rms"},"isEnabled":false,"priority":3}""", null),
            ("secret.put", "azure", null, """{"key":"set"}"""),
            ("secret.put", "azure", """{"key":"set"}""", """{"backup":"set","key":"set"}"""),
            ("secret.delete", "azure", """{"key":"set"}""", null),
            ("agent.put", "default", null, """{"settings":{"greeting":"Grüß Gott"}}"""),
            ("agent.delete", "default", """{"settings":{"greeting":"Grüß Gott"}}""", null),
            ("key.add", "k", null, """{"name":"the key k","scopes":["providers:read","usage:read"],"expires":"2026-03-02T12:00:00Z"}"""),
            ("key.end", "k", """{"ended":null}""", """{"ended":"2026-03-01T12:00:00Z"}"""),
            ("organization.rename", "", """{"name":"Acme Inc."}""", """{"name":"Acme SE"}"""),
            ("organization.delete", "", """{"name":"Acme SE"}""", null));
    }

    [Test]
    public async Task Lists_newest_first_in_pages_of_one_organization()
    {
        await ApplyAsync(new StoreChange.CreateOrganization("globex", "G"), Provider("a"), Provider("b", organization: "globex"), Provider("c"));

        var first = await Store.ListAuditAsync("acme", null, 2, default);
        var second = await Store.ListAuditAsync("acme", first[^1].Sequence, 2, default);

        first.Select(row => row.Subject).Should().Equal("c", "a");
        second.Select(row => row.Action).Should().Equal("organization.create");
    }
}

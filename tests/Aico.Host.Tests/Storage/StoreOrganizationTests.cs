using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreOrganizationTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Keeps_an_organization_with_all_that_it_has()
    {
        Clock.Now += TimeSpan.FromHours(1);
        var revision = await ApplyAsync(
            Provider("whisper", """{"model":"base"}""", isEnabled: false, priority: -5),
            Provider("flite"),
            Secrets("whisper", ("token", 7)),
            new StoreChange.PutAgent("acme", "default", """{"greeting":"Grüß Gott"}"""));

        var acme = await AcmeAsync();

        revision.Should().Be(2);
        acme.Organization.Should().Be(new OrganizationRow("acme", "Acme Inc.", 2, ManualClock.Start, Clock.Now));
        acme.Providers.Should().Equal(
            new ProviderRow("flite", "{}", true, 100, 2, Clock.Now),
            new ProviderRow("whisper", """{"model":"base"}""", false, -5, 2, Clock.Now));
        var secret = acme.Secrets.Should().ContainSingle().Which;
        secret.Should().BeEquivalentTo(new { ProviderKey = "whisper", Name = "token", Hint = (string?)null, Revision = 2L, Updated = Clock.Now });
        secret.Encrypted.KeyId.Should().Be("k1");
        secret.Encrypted.WrappedKey.ToArray().Should().Equal(1, 7);
        secret.Encrypted.Ciphertext.ToArray().Should().Equal(2, 7);
        acme.Agents.Should().Equal(new AgentProfileRow("default", """{"greeting":"Grüß Gott"}""", 2, Clock.Now));
    }

    [Test]
    public async Task Has_it_all_after_it_was_closed_and_opened_again()
    {
        await ApplyAsync(Provider("flite"), Secrets("flite", ("token", 7)));
        await Store.DisposeAsync();

        await using var opened = await Subject.OpenAsync(Clock);

        (await opened.RevisionAsync(default)).Should().Be(2);
        var acme = await opened.FindOrganizationAsync("acme", default);
        acme!.Providers.Should().ContainSingle();
        acme.Secrets.Should().ContainSingle();
    }

    [Test]
    public async Task Knows_no_organization_that_nobody_made()
    {
        (await Store.FindOrganizationAsync("globex", default)).Should().BeNull();
    }

    [Test]
    public async Task Lists_organizations_by_id_in_pages()
    {
        await ApplyAsync(new StoreChange.CreateOrganization("globex", "G"), new StoreChange.CreateOrganization("abc", "A"));

        (await Store.ListOrganizationsAsync(null, 2, default)).Select(row => row.Id).Should().Equal("abc", "acme");
        (await Store.ListOrganizationsAsync("acme", 2, default)).Select(row => row.Id).Should().Equal("globex");
    }

    [Test]
    public async Task Renames()
    {
        await ApplyAsync(new StoreChange.RenameOrganization("acme", "Acme SE"));

        (await AcmeAsync()).Organization.Name.Should().Be("Acme SE");
    }

    [Test]
    public async Task Replaces_and_removes_a_provider_but_leaves_its_secrets()
    {
        await ApplyAsync(Provider("flite"), Secrets("flite", ("token", 7)));

        await ApplyAsync(Provider("flite", """{"voice":"slt"}""", priority: 50));
        (await AcmeAsync()).Providers.Should().Equal(new ProviderRow("flite", """{"voice":"slt"}""", true, 50, 3, Clock.Now));

        await ApplyAsync(new StoreChange.DeleteProvider("acme", "flite"));
        var acme = await AcmeAsync();
        acme.Providers.Should().BeEmpty();
        acme.Secrets.Should().ContainSingle();
    }

    [Test]
    public async Task Writes_the_given_secrets_and_leaves_the_others()
    {
        await ApplyAsync(Secrets("azure", ("key", 1), ("backup", 2)));
        await ApplyAsync(new StoreChange.PutSecrets("acme", "azure", [new NewSecret("key", Encrypted(3, "k2"), "abcd")]));

        var secrets = (await AcmeAsync()).Secrets;

        secrets.Select(secret => (secret.Name, secret.Encrypted.KeyId, secret.Hint, secret.Revision)).Should().Equal(("backup", "k1", null, 2), ("key", "k2", "abcd", 3));
    }

    [Test]
    public async Task Removes_some_secrets_of_a_provider_or_all()
    {
        await ApplyAsync(Secrets("azure", ("a", 1), ("b", 2), ("c", 3)), Secrets("groq", ("a", 4)));

        await ApplyAsync(new StoreChange.DeleteSecrets("acme", "azure", ["b", "no-such"]));
        (await AcmeAsync()).Secrets.Select(secret => $"{secret.ProviderKey}.{secret.Name}").Should().Equal("azure.a", "azure.c", "groq.a");

        await ApplyAsync(new StoreChange.DeleteSecrets("acme", "azure", null));
        (await AcmeAsync()).Secrets.Select(secret => $"{secret.ProviderKey}.{secret.Name}").Should().Equal("groq.a");
    }

    [Test]
    public async Task Removes_an_agent()
    {
        await ApplyAsync(new StoreChange.PutAgent("acme", "sales", "{}"), new StoreChange.PutAgent("acme", "default", "{}"));

        await ApplyAsync(new StoreChange.DeleteAgent("acme", "sales"));

        (await AcmeAsync()).Agents.Select(agent => agent.Name).Should().Equal("default");
    }

    [Test]
    public async Task Deletes_an_organization_with_all_that_belongs_to_it_and_keeps_the_audit_log()
    {
        await ApplyAsync(
            Provider("flite"), Secrets("flite", ("token", 7)), new StoreChange.PutAgent("acme", "default", "{}"), new StoreChange.AddApiKey("acme", Key("k", 9)));
        await Store.SaveSessionAsync(new SessionRow("s", "acme", "room", ManualClock.Start, null, "{}", null), default);

        await ApplyAsync(new StoreChange.DeleteOrganization("acme"));

        (await Store.FindOrganizationAsync("acme", default)).Should().BeNull();
        (await Store.FindApiKeyAsync(new byte[] { 9 }, default)).Should().BeNull();
        (await Store.SecretsNotUnderAsync("other", 10, default)).Should().BeEmpty();
        (await Store.FindSessionAsync("acme", "s", default)).Should().BeNull("the id's next owner must not read them");
        (await Store.ListAuditAsync("acme", null, 1, default)).Should().ContainSingle().Which.Action.Should().Be("organization.delete");

        await ApplyAsync(new StoreChange.CreateOrganization("acme", "Acme again"));
        var anew = await AcmeAsync();
        (anew.Providers.Count, anew.Secrets.Count, anew.Agents.Count, anew.Organization.Revision).Should().Be((0, 0, 0, 4));
    }

    [Test]
    public async Task Says_what_is_not_there()
    {
        await Missing(Provider("flite", organization: "globex"), "The organization \"globex\" is not there.");
        await Missing(new StoreChange.RenameOrganization("globex", "x"), "The organization \"globex\" is not there.");
        await Missing(new StoreChange.DeleteOrganization("globex"), "The organization \"globex\" is not there.");
        await Missing(new StoreChange.DeleteProvider("acme", "flite"), "The provider \"flite\" is not there.");
        await Missing(new StoreChange.DeleteSecrets("acme", "flite", ["token"]), "The secret \"token\" of \"flite\" is not there.");
        await Missing(new StoreChange.DeleteSecrets("acme", "flite", null), "The secrets of \"flite\" is not there.");
        await Missing(new StoreChange.DeleteAgent("acme", "sales"), "The agent \"sales\" is not there.");
        await Missing(new StoreChange.EndApiKey("acme", "k", Clock.Now), "The API key \"k\" is not there.");
    }

    [Test]
    public async Task Refuses_what_is_no_JSON_without_quoting_it()
    {
        var put = () => ApplyAsync(Provider("flite", "{\"apiKey\": canary-5317")).AsTask();

        (await put.Should().ThrowAsync<ArgumentException>()).Which.ToString().Should().NotContain("canary-5317");
        (await AcmeAsync()).Providers.Should().BeEmpty();
    }

    private async Task Missing(StoreChange change, string message) =>
        (await FluentActions.Awaiting(() => ApplyAsync(change).AsTask()).Should().ThrowAsync<StoreNotFoundException>()).Which.Message.Should().Be(message);
}

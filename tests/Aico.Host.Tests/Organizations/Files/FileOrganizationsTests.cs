using System.Threading.Channels;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Organizations.Files;

public class FileOrganizationsTests
{
    // Generous: the bound is for a change that is never seen, not for one that is seen late.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private Channel<string?> _changes = null!;
    private string _folder = null!;
    private ProviderCatalog _catalog = null!;
    private FileOrganizations _files = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("aico-test-").FullName;
        _catalog = SampleCatalog.Make();
        _changes = Channel.CreateBounded<string?>(100);
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_files is not null)
        {
            await _files.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Serves_the_files_that_are_there_at_the_start()
    {
        Write("acme", """{ "name": "Acme", "providers": { "hearing": { "secrets": { "apiKey": "${env:KEY}" } } } }""");
        Write("beta", "{}");
        File.WriteAllText(Path.Combine(_folder, "organization.schema.json"), "{}");
        Open(("KEY", "s3cret"));

        var acme = await FindAsync("acme");

        acme!.Origin.Should().Be(ConfigurationOrigin.File);
        acme.File.Should().Be(Path.Combine(_folder, "acme.json"));
        acme.SecretsOf("hearing").Should().ContainSingle().Which.Value!.Reveal().Should().Be("s3cret");
        (await _files.ListAsync(null, 10, default)).Select(organization => organization.Id).Should().Equal("acme", "beta");
        (await _files.ListAsync("acme", 10, default)).Select(organization => organization.Id).Should().Equal("beta");
        _files.Files.Should().OnlyContain(file => file.IsServed && file.Errors.Count == 0).And.HaveCount(2);
    }

    [Test]
    public async Task Reads_variables_again_when_it_is_told_to()
    {
        Write("acme", """{ "providers": { "hearing": { "secrets": { "apiKey": "${env:KEY}" } } } }""");
        var environment = new Dictionary<string, string> { ["KEY"] = "one" };
        _files = FileOrganizations.Open(_folder, _catalog, environment, TimeProvider.System, NullLogger.Instance);
        _files.Changed += id => _changes.Writer.TryWrite(id);

        environment["KEY"] = "two";
        _files.ReadAgain();

        (await FindAsync("acme"))!.SecretsOf("hearing").Single().Value!.Reveal().Should().Be("two");
        (await ChangedAsync()).Should().Be("acme");
    }

    [Test]
    public async Task Sees_a_saved_file_and_gives_it_another_revision()
    {
        Write("acme", """{ "name": "One" }""");
        Open();
        var before = await FindAsync("acme");

        Write("acme", """{ "name": "Two" }""");

        (await ChangedAsync()).Should().Be("acme");
        var after = await FindAsync("acme");
        after!.Name.Should().Be("Two");
        after.Revision.Should().NotBe(before!.Revision);
    }

    [Test]
    public async Task Gives_the_same_content_the_same_revision_after_a_restart()
    {
        Write("acme", """{ "name": "One" }""");
        Open();
        var before = await FindAsync("acme");

        await _files.DisposeAsync();
        Open();

        (await FindAsync("acme"))!.Revision.Should().Be(before!.Revision);
    }

    [Test]
    public async Task Keeps_what_stood_in_a_file_before_it_was_broken_and_says_where_it_is_broken()
    {
        Write("acme", """{ "name": "One" }""");
        Write("beta", "{}");
        Open();
        var since = _files.Files[0].ServedSince;
        _files.Files[0].BrokenSince.Should().BeNull();

        Write("acme", "{ \"name\": \"Two\",\n  \"provider\": {} }");
        // The other file is read at the same time or later.
        Write("beta", """{ "name": "Beta" }""");
        await UntilAsync(() => _files.Files[0].Errors.Count > 0);

        (await FindAsync("acme"))!.Name.Should().Be("One");
        _files.Files[0].Should().Match<OrganizationFileStatus>(file => file.IsServed && file.Errors[0].Line == 2 && file.Errors[0].Pointer == "/provider");
        var broken = _files.Files[0].BrokenSince;
        broken.Should().BeAfter(since!.Value);
        Write("acme", "{ \"name\": \"Two\",\n\n  \"provider\": {} }");
        await UntilAsync(() => _files.Files[0].Errors[0].Line == 3);
        (_files.Files[0].ServedSince, _files.Files[0].BrokenSince).Should().Be((since, broken), "it has been broken all the time");

        Write("acme", """{ "name": "Three" }""");
        await UntilAsync(() => _files.Files[0].Errors.Count == 0);
        (await FindAsync("acme"))!.Name.Should().Be("Three");
        _files.Files[0].ServedSince.Should().BeAfter(broken!.Value);
        _files.Files[0].BrokenSince.Should().BeNull();
    }

    [Test]
    public async Task Starts_with_a_broken_file_and_does_not_let_another_source_answer_for_it()
    {
        Write("acme", "{");
        Write("beta", "{}");
        Open();

        (await FindAsync("beta")).Should().NotBeNull();
        (await FluentActions.Awaiting(async () => await FindAsync("acme")).Should().ThrowAsync<OrganizationSourceException>()).Which.Message.Should().Contain("acme.json(1,2)");
        _files.Files[0].IsServed.Should().BeFalse();

        Write("acme", "{}");
        await UntilAsync(() => _files.Files[0].IsServed);
        (await FindAsync("acme")).Should().NotBeNull();
    }

    [Test]
    public async Task Leaves_an_organization_to_others_whose_first_file_is_broken()
    {
        Write("beta", "{}");
        Open();

        Write("acme", "{");
        await UntilAsync(() => _files.Files.Count == 2);

        (await FindAsync("acme")).Should().BeNull();
    }

    [Test]
    public async Task Lets_go_of_an_organization_whose_file_is_deleted()
    {
        Write("acme", "{}");
        Open();

        File.Delete(Path.Combine(_folder, "acme.json"));

        (await ChangedAsync()).Should().Be("acme");
        (await FindAsync("acme")).Should().BeNull();
        _files.Files.Should().BeEmpty();
    }

    [Test]
    public async Task Sees_a_secret_that_changes_in_a_file_of_its_own()
    {
        var secret = Path.Combine(_folder, "key");
        File.WriteAllText(secret, "one\n");
        Write("acme", $$"""{ "providers": { "hearing": { "secrets": { "apiKey": "${file:{{secret}}}" } } } }""");
        Open();
        var before = await FindAsync("acme");

        File.WriteAllText(secret, "two\n");

        (await ChangedAsync()).Should().Be("acme");
        var after = await FindAsync("acme");
        before!.Secrets[0].Value!.Reveal().Should().Be("one");
        after!.Secrets[0].Value!.Reveal().Should().Be("two");
        after.Revision.Should().NotBe(before.Revision);
    }

    [TestCase("${env:MISSING_KEY}", "MISSING_KEY")]
    [TestCase("${env:EMPTY_KEY}", "EMPTY_KEY")]
    [TestCase("${env:TWO_LINES}", "TWO_LINES")]
    [TestCase("${file:no-such-file}", "no-such-file")]
    public async Task Says_what_a_secret_was_to_come_from_that_is_not_there(string reference, string name)
    {
        Write("acme", $$"""{ "providers": { "hearing": { "secrets": { "apiKey": "{{reference}}" } } } }""");
        Open(("EMPTY_KEY", " "), ("TWO_LINES", "canary\r\nX-Other: canary"));

        var secret = (await FindAsync("acme"))!.Secrets.Should().ContainSingle().Which;

        secret.Value.Should().BeNull();
        secret.Problem.Should().Contain(name).And.NotContain("canary");
    }

    [Test]
    public async Task Looks_at_a_broken_file_again_when_a_plugin_has_come()
    {
        Write("acme", """{ "providers": { "later": {} } }""");
        Open();
        _files.Files[0].IsServed.Should().BeFalse();

        SampleCatalog.Publish(_catalog, "later");

        (await ChangedAsync()).Should().Be("acme");
        (await FindAsync("acme"))!.Providers.Should().ContainSingle();
    }

    [Test, Platform("Linux", Reason = "This is how containers mount configuration there.")]
    public async Task Follows_links_that_are_exchanged_as_a_whole()
    {
        var mounted = Path.Combine(_folder, "organizations");
        Directory.CreateDirectory(mounted);
        foreach (var (version, name) in new[] { ("..1", "One"), ("..2", "Two") })
        {
            Directory.CreateDirectory(Path.Combine(mounted, version));
            File.WriteAllText(Path.Combine(mounted, version, "acme.json"), $$"""{ "name": "{{name}}" }""");
            File.SetLastWriteTimeUtc(Path.Combine(mounted, version, "acme.json"), DateTime.UnixEpoch);
        }

        Directory.CreateSymbolicLink(Path.Combine(mounted, "..data"), "..1");
        File.CreateSymbolicLink(Path.Combine(mounted, "acme.json"), Path.Combine("..data", "acme.json"));
        Open(mounted);
        (await FindAsync("acme"))!.Name.Should().Be("One");

        Directory.CreateSymbolicLink(Path.Combine(mounted, "..next"), "..2");
        using var move = System.Diagnostics.Process.Start("mv", ["-T", Path.Combine(mounted, "..next"), Path.Combine(mounted, "..data")]);
        await move.WaitForExitAsync();

        (await ChangedAsync()).Should().Be("acme");
        (await FindAsync("acme"))!.Name.Should().Be("Two");
    }

    [Test]
    public async Task Serves_a_folder_that_comes_later()
    {
        var later = Path.Combine(_folder, "later");
        Open(later);
        _files.Files.Should().BeEmpty();

        Directory.CreateDirectory(later);
        File.WriteAllText(Path.Combine(later, "acme.json"), "{}");

        (await ChangedAsync()).Should().Be("acme");
    }

    private void Open(params (string Name, string Value)[] environment) => Open(_folder, environment);

    private void Open(string folder, params (string Name, string Value)[] environment)
    {
        _files = FileOrganizations.Open(
            folder, _catalog, environment.ToDictionary(variable => variable.Name, variable => variable.Value), TimeProvider.System, NullLogger.Instance);
        _files.Changed += id => _changes.Writer.TryWrite(id);
    }

    private void Write(string id, string text) => File.WriteAllText(Path.Combine(_folder, $"{id}.json"), text);

    private ValueTask<OrganizationDocument?> FindAsync(string id) => _files.FindAsync(id, CancellationToken.None);

    private async Task<string?> ChangedAsync()
    {
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        return await _changes.Reader.ReadAsync(bound.Token);
    }

    // A file that becomes broken is no change of what is served, and nobody is told of it.
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound.Token);
        }
    }
}

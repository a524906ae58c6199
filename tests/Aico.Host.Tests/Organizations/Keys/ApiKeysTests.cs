using Aico.Host.Organizations.Keys;
using Aico.Host.Providers;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Organizations.Keys;

public class ApiKeysTests
{
    private static readonly StoreActor _anna = new("cli:anna");
    private static readonly string[] _scopes = ["usage:read", "providers:read", "usage:read"];

    private SqliteSubject _subject = null!;
    private ManualClock _clock = null!;
    private IStore _store = null!;
    private ApiKeys _keys = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        _clock = new ManualClock();
        _store = await _subject.OpenAsync(_clock);
        _keys = new ApiKeys(_store, _clock);
        await _store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme"), new StoreChange.CreateOrganization("globex", "Globex")], _anna, default);
    }

    [TearDown]
    public async Task End()
    {
        await _keys.DisposeAsync();
        await _store.DisposeAsync();
        _subject.Dispose();
    }

    [Test]
    public async Task Are_taken_for_the_organization_and_the_scopes_that_they_were_made_for()
    {
        var made = await CreateAsync();

        var identity = await AuthenticateAsync(made);

        identity!.KeyId.Should().Be(made.Row.Id).And.MatchRegex("^k_[0-9A-Za-z]{12}$");
        identity.OrganizationId.Should().Be("acme");
        identity.Scopes.Should().BeEquivalentTo("providers:read", "usage:read");
        (await _keys.AuthenticateAsync(ApiKeyToken.New().Reveal(), default)).Should().BeNull();
        (await _keys.AuthenticateAsync("aico_mistyped", default)).Should().BeNull();
    }

    [Test]
    public async Task Leave_nothing_of_themselves_in_the_database_or_in_what_prints_them()
    {
        var made = await CreateAsync();
        await AuthenticateAsync(made);
        var token = made.Token.Reveal();

        $"{made} {made.Row}".Should().NotContain(token);
        string.Join('\n', await _store.ListAuditAsync("acme", null, 10, default)).Should().Contain("key.add").And.NotContain(token[5..]);
        await _store.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(_subject.Folder, "*", SearchOption.AllDirectories))
        {
            (await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1)).Contains(token[5..], StringComparison.Ordinal).Should().BeFalse(file);
        }
    }

    [Test]
    public async Task Are_refused_from_the_moment_on_at_which_they_expire()
    {
        var made = await CreateAsync(_clock.Now.AddDays(1));

        _clock.Now += TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1);
        (await AuthenticateAsync(made)).Should().NotBeNull();
        _clock.Now += TimeSpan.FromMilliseconds(1);
        (await AuthenticateAsync(made)).Should().BeNull();
    }

    [Test]
    public async Task Are_refused_at_once_where_they_are_revoked()
    {
        var made = await CreateAsync();
        (await AuthenticateAsync(made)).Should().NotBeNull();

        await _keys.RevokeAsync("acme", made.Row.Id, _anna, default);

        (await AuthenticateAsync(made)).Should().BeNull();
    }

    [Test]
    public async Task Are_refused_within_a_second_where_another_process_revokes_them()
    {
        await using var other = await _subject.OpenAsync(_clock);
        var made = await CreateAsync();
        (await AuthenticateAsync(made)).Should().NotBeNull();

        await using var theirs = new ApiKeys(other, _clock);
        await theirs.RevokeAsync("acme", made.Row.Id, _anna, default);
        _clock.Now += TimeSpan.FromSeconds(1);

        (await AuthenticateAsync(made)).Should().BeNull();
    }

    [Test]
    public async Task Are_taken_within_a_second_where_another_process_made_them_after_they_were_refused()
    {
        await using var other = await _subject.OpenAsync(_clock);
        await using var theirs = new ApiKeys(other, _clock);
        var token = ApiKeyToken.New();
        (await _keys.AuthenticateAsync(token.Reveal(), default)).Should().BeNull();

        var row = new ApiKeyRow { Id = "k", OrganizationId = "acme", Name = "n", Hash = ApiKeyToken.Hash(token).ToArray(), Scopes = ["usage:read"], Created = _clock.Now };
        await other.ApplyAsync([new StoreChange.AddApiKey("acme", row)], _anna, default);
        _clock.Now += TimeSpan.FromSeconds(1);

        (await _keys.AuthenticateAsync(token.Reveal(), default)).Should().NotBeNull();
    }

    [Test]
    public async Task Go_with_their_organization()
    {
        var made = await CreateAsync();
        (await AuthenticateAsync(made)).Should().NotBeNull();

        await _store.ApplyAsync([new StoreChange.DeleteOrganization("acme")], _anna, default);
        _keys.Forget();

        (await AuthenticateAsync(made)).Should().BeNull();
    }

    [Test]
    public async Task Are_both_taken_for_a_day_where_one_replaces_the_other()
    {
        var old = await CreateAsync(_clock.Now.AddDays(30));
        _clock.Now += TimeSpan.FromDays(10);

        var made = await _keys.RotateAsync("acme", old.Row.Id, null, null, _anna, default);

        made.Row.Should().BeEquivalentTo(new { old.Row.Name, old.Row.Scopes, Created = _clock.Now, Expires = _clock.Now.AddDays(30) });
        made.Row.Id.Should().NotBe(old.Row.Id);
        _clock.Now += TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1);
        (await AuthenticateAsync(old)).Should().NotBeNull();
        _clock.Now += TimeSpan.FromMilliseconds(1);
        (await AuthenticateAsync(old)).Should().BeNull();
        (await AuthenticateAsync(made)).Should().NotBeNull();
    }

    [Test]
    public async Task Are_replaced_without_an_overlap_where_that_is_asked_for()
    {
        var old = await CreateAsync();
        (await AuthenticateAsync(old)).Should().NotBeNull();

        var made = await _keys.RotateAsync("acme", old.Row.Id, TimeSpan.Zero, _clock.Now.AddDays(1), _anna, default);

        (await AuthenticateAsync(old)).Should().BeNull();
        (await AuthenticateAsync(made)).Should().NotBeNull();
        made.Row.Expires.Should().Be(_clock.Now.AddDays(1));
    }

    [Test]
    public async Task Are_replaced_once_and_not_after_their_end()
    {
        var (revoked, expired, replaced) = (await CreateAsync(), await CreateAsync(_clock.Now.AddMinutes(1)), await CreateAsync());
        await _keys.RevokeAsync("acme", revoked.Row.Id, _anna, default);
        await _keys.RotateAsync("acme", replaced.Row.Id, null, null, _anna, default);
        _clock.Now += TimeSpan.FromMinutes(1);

        foreach (var key in new[] { revoked, expired, replaced })
        {
            await Refused(() => _keys.RotateAsync("acme", key.Row.Id, null, null, _anna, default), "", "has expired, was revoked, or was replaced already");
        }

        (await _keys.ListAsync("acme", default)).Should().HaveCount(4);
    }

    [Test]
    public async Task Are_out_of_reach_for_other_organizations()
    {
        var made = await CreateAsync();

        await FluentActions.Awaiting(() => _keys.RevokeAsync("globex", made.Row.Id, _anna, default)).Should().ThrowAsync<StoreNotFoundException>();
        await FluentActions.Awaiting(() => _keys.RotateAsync("globex", made.Row.Id, null, null, _anna, default)).Should().ThrowAsync<StoreNotFoundException>();
        (await _keys.ListAsync("globex", default)).Should().BeEmpty();
        (await AuthenticateAsync(made)).Should().NotBeNull();
    }

    [Test]
    public async Task Are_refused_with_all_that_is_wrong_at_once()
    {
        var fault = await FluentActions.Awaiting(() => _keys.CreateAsync("acme", " ", ["usage:read", "provider:read", "all"], _clock.Now, _anna, default))
            .Should().ThrowAsync<SettingsException>();

        fault.Which.Errors.Select(error => (error.Pointer, error.Nearest)).Should().Equal(("/name", null), ("/scopes/1", "providers:read"), ("/scopes/2", null), ("/expires", null));
        fault.Which.Message.Should().Contain("There is no scope \"provider:read\"; did you mean \"providers:read\"?").And.Contain("There is no scope \"all\"; the scopes are providers:read");
        await Refused(() => _keys.CreateAsync("acme", "n", [], null, _anna, default), "/scopes", "at least one scope");
        await Refused(() => _keys.CreateAsync("acme", new string('n', 101), _scopes, null, _anna, default), "/name", "1 to 100");
        var made = await CreateAsync();
        await Refused(() => _keys.RotateAsync("acme", made.Row.Id, TimeSpan.FromHours(-1), null, _anna, default), "/overlap", "negative");
        await Refused(() => _keys.RotateAsync("acme", made.Row.Id, null, _clock.Now, _anna, default), "/expires", "future");
    }

    private Task<NewApiKey> CreateAsync(DateTimeOffset? expires = null) => _keys.CreateAsync("acme", "ci", _scopes, expires, _anna, default);

    private ValueTask<ApiKeyIdentity?> AuthenticateAsync(NewApiKey key) => _keys.AuthenticateAsync(key.Token.Reveal(), default);

    private static async Task Refused(Func<Task> call, string pointer, string message)
    {
        var error = (await FluentActions.Awaiting(call).Should().ThrowAsync<SettingsException>()).Which.Errors.Should().ContainSingle().Which;
        error.Pointer.Should().Be(pointer);
        error.Message.Should().Contain(message);
    }
}

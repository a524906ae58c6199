using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Organizations.Keys;

public class ApiKeyCacheTests
{
    private static readonly StoreActor _anna = new("cli:anna");

    private SqliteSubject _subject = null!;
    private ManualClock _clock = null!;
    private IStore _real = null!;
    private CountingStore _counts = null!;
    private ApiKeys _keys = null!;
    private NewApiKey _key = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        _clock = new ManualClock();
        _real = await _subject.OpenAsync(_clock);
        (var store, _counts) = CountingStore.Of(_real);
        _keys = new ApiKeys(store, _clock);
        await _real.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme")], _anna, default);
        _key = await _keys.CreateAsync("acme", "ci", ["usage:read"], null, _anna, default);
    }

    [TearDown]
    public async Task End()
    {
        await _keys.DisposeAsync();
        await _real.DisposeAsync();
        _subject.Dispose();
    }

    [Test]
    public async Task Asks_the_store_once_for_a_key_and_then_once_a_second_for_its_revision()
    {
        for (var n = 0; n < 100; n++)
        {
            (await AuthenticateAsync()).Should().NotBeNull();
        }

        Asked().Should().Be((1, 1));
        _clock.Now += TimeSpan.FromSeconds(1);
        for (var n = 0; n < 100; n++)
        {
            await AuthenticateAsync();
        }

        Asked().Should().Be((2, 1));
    }

    [Test]
    public async Task Asks_once_for_many_that_come_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await AuthenticateAsync())));

        Asked().Should().Be((1, 1));
    }

    [Test]
    public async Task Asks_for_an_unknown_key_once_and_for_a_malformed_one_never()
    {
        var unknown = ApiKeyToken.New().Reveal();
        for (var n = 0; n < 100; n++)
        {
            (await _keys.AuthenticateAsync(unknown, default)).Should().BeNull();
            (await _keys.AuthenticateAsync(unknown[..^1] + "-", default)).Should().BeNull();
            (await _keys.AuthenticateAsync("", default)).Should().BeNull();
        }

        Asked().Should().Be((1, 1));
    }

    [Test]
    public async Task Remembers_a_bounded_number_of_keys()
    {
        // Fills the memory with unknown keys; the known one is then asked for anew, and found.
        await AuthenticateAsync();
        for (var n = 0; n < 20_000; n++)
        {
            await _keys.AuthenticateAsync(ApiKeyToken.New().Reveal(), default);
        }

        var before = Asked().Keys;
        (await AuthenticateAsync()).Should().NotBeNull();
        Asked().Keys.Should().Be(before + 1);
    }

    [Test]
    public async Task Keeps_no_answer_that_was_on_its_way_while_the_key_was_revoked()
    {
        var (answered, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _counts.AfterFind = () =>
        {
            answered.TrySetResult();
            return goOn.Task;
        };
        var asking = AuthenticateAsync().AsTask();
        await answered.Task;

        await _keys.RevokeAsync("acme", _key.Row.Id, _anna, default);
        goOn.SetResult();
        await asking;

        (await AuthenticateAsync()).Should().BeNull();
    }

    [Test]
    public async Task Takes_nobody_where_the_store_cannot_say_whether_a_key_was_revoked()
    {
        await AuthenticateAsync();
        _counts.Before = method => throw new StoreUnavailableException($"{method} failed.");
        _clock.Now += TimeSpan.FromSeconds(1);

        await FluentActions.Awaiting(() => AuthenticateAsync().AsTask()).Should().ThrowAsync<StoreUnavailableException>();
    }

    [Test]
    public async Task Writes_once_a_minute_when_keys_were_used()
    {
        var written = new SemaphoreSlim(0);
        _counts.Before = method => _ = method == nameof(IStore.TouchApiKeysAsync) ? written.Release() : 0;
        _keys.Use.Start(NullLogger.Instance);
        for (var n = 0; n < 10; n++)
        {
            await AuthenticateAsync();
        }

        _counts.Calls.Should().NotContainKey(nameof(IStore.TouchApiKeysAsync));
        var used = _clock.Now;
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await written.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeTrue();
        await _keys.DisposeAsync();

        _counts.Calls[nameof(IStore.TouchApiKeysAsync)].Should().Be(1, "at the end there was nothing new");
        (await _real.ListApiKeysAsync("acme", default))[0].LastUsed.Should().Be(used);
    }

    [Test]
    public async Task Writes_at_the_end_what_was_not_written_yet()
    {
        _keys.Use.Start(NullLogger.Instance);
        await AuthenticateAsync();

        await _keys.DisposeAsync();

        (await _real.ListApiKeysAsync("acme", default))[0].LastUsed.Should().Be(_clock.Now);
    }

    [Test]
    public async Task Writes_later_what_could_not_be_written()
    {
        await AuthenticateAsync();
        _counts.Before = _ => throw new StoreUnavailableException("The disk is full.");
        await FluentActions.Awaiting(() => _keys.Use.FlushAsync(default)).Should().ThrowAsync<StoreUnavailableException>();
        _counts.Before = _ => { };

        await _keys.Use.FlushAsync(default);

        (await _real.ListApiKeysAsync("acme", default))[0].LastUsed.Should().Be(_clock.Now);
    }

    private ValueTask<ApiKeyIdentity?> AuthenticateAsync() => _keys.AuthenticateAsync(_key.Token.Reveal(), default);

    private (int Revisions, int Keys) Asked() =>
        (_counts.Calls.GetValueOrDefault(nameof(IStore.RevisionAsync)), _counts.Calls.GetValueOrDefault(nameof(IStore.FindApiKeyAsync)));
}

using Aico.Host.Storage;

namespace Aico.Host.Tests.Storage;

/// <summary>A store with the organization "acme" in it, at revision 1.</summary>
internal abstract class StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    protected static readonly StoreActor Anna = new("cli:anna");

    protected TSubject Subject { get; private set; } = default!;

    protected ManualClock Clock { get; private set; } = null!;

    protected IStore Store { get; private set; } = null!;

    [SetUp]
    public async Task Open()
    {
        Subject = new TSubject();
        Clock = new ManualClock();
        Store = await Subject.OpenAsync(Clock);
        await ApplyAsync(new StoreChange.CreateOrganization("acme", "Acme Inc."));
    }

    [TearDown]
    public async Task Close()
    {
        await Store.DisposeAsync();
        Subject.Dispose();
    }

    protected ValueTask<long> ApplyAsync(params StoreChange[] changes) => Store.ApplyAsync(changes, Anna, CancellationToken.None);

    protected async Task<OrganizationRecord> AcmeAsync() => (await Store.FindOrganizationAsync("acme", CancellationToken.None))!;

    protected static StoreChange.PutProvider Provider(string key, string config = "{}", bool isEnabled = true, int priority = 100, string organization = "acme") =>
        new(organization, key, config, isEnabled, priority);

    protected static StoreChange.PutSecrets Secrets(string provider, params (string Name, byte Value)[] secrets) =>
        new("acme", provider, [.. secrets.Select(secret => new NewSecret(secret.Name, Encrypted(secret.Value), null))]);

    protected static EncryptedValue Encrypted(byte value, string keyId = "k1") => new(keyId, new byte[] { 1, value }, new byte[] { 2, value });

    protected static ApiKeyRow Key(string id, byte hash, string organization = "acme") => new()
    {
        Id = id,
        OrganizationId = organization,
        Name = $"the key {id}",
        Hash = new byte[] { hash },
        Scopes = ["providers:read", "usage:read"],
        Created = ManualClock.Start,
    };
}

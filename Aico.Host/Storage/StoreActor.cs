namespace Aico.Host.Storage;

/// <summary>Who changes something, for the audit log.</summary>
/// <param name="Name">Such as "key:k_3f…", "internal", "cli:anna", "file:acme.json". No secret.</param>
internal sealed record StoreActor(string Name);

namespace Aico.Host.Storage;

/// <summary>What was to be changed is not there.</summary>
internal sealed class StoreNotFoundException(string subject) : Exception($"{subject} is not there.");

using Aico.Abstractions;

namespace Aico.Host.Calls.Trials;

/// <summary>How one attempt of a trial went.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Position">Its place in the chain; 0 is the primary.</param>
/// <param name="Ok">True where it did what it was asked for.</param>
/// <param name="Connect">Until a session was open; null where there is none, or none opened.</param>
/// <param name="FirstResult">Until the first token, text or audio; null where none came.</param>
/// <param name="Duration">Until it was over.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Message">What was wrong, in a sentence.</param>
internal sealed record EntryTrial(
    string Provider, int Position, bool Ok, TimeSpan? Connect, TimeSpan? FirstResult, TimeSpan Duration, ProviderFailure? Failure, string? Message);

namespace Aico.Host.Calls.Speaking;

/// <summary>A piece of a reply that is spoken as one.</summary>
/// <param name="Text">Without any markup; the pieces of a reply join to its words.</param>
/// <param name="IsUninterruptible">True where some of it was marked: a sentence is heard out as a whole.</param>
internal readonly record struct Sentence(string Text, bool IsUninterruptible);

namespace Aico.Host.Calls.Speaking;

/// <summary>What an agent can say when no text-to-speech provider speaks any more: its apology and its goodbye, recorded while one did.</summary>
internal interface IRecordings
{
    /// <summary>24 kHz mono; null where the text was not recorded.</summary>
    ReadOnlyMemory<short>? Find(string text);
}

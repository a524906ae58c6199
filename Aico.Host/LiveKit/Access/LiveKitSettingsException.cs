namespace Aico.Host.LiveKit.Access;

/// <summary>The settings of the server cannot be used; the message names each variable and shows no value.</summary>
internal sealed class LiveKitSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(" ", problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

namespace Aico.Host.Cli;

/// <summary>Whether a conversation has what it needs of one kind.</summary>
/// <param name="Type">stt, tts, llm or vad.</param>
/// <param name="Ok">True where a provider, or the host itself, can do it.</param>
/// <param name="Providers">Keys of providers that work here without any configuration.</param>
/// <param name="NeedConfiguration">Keys of providers that need a server or a vendor, which is not checked here.</param>
internal sealed record DoctorPart(string Type, bool Ok, IReadOnlyList<string> Providers, IReadOnlyList<string> NeedConfiguration);

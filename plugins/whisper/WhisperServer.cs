using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Whisper;

/// <summary>What was found out about a server.</summary>
/// <param name="Dialect">Its way; never Auto.</param>
/// <param name="Transcriptions">Where utterances are sent.</param>
/// <param name="Models">What it lists; null where it was not asked or has no list.</param>
internal sealed record WhisperServer(WhisperDialect Dialect, Uri Transcriptions, IReadOnlyList<ModelInfo>? Models);

using Aico.Abstractions;
using Aico.Plugins.Shared.OpenAIAudio;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Whisper;

/// <summary>whisper.cpp's server answers every bad request with the same two words, and its log says which it was.</summary>
internal sealed class WhisperErrors(WhisperSettings settings, TimeProvider time) : AudioErrors(
    AudioHosts.NameOf(settings.BaseUrl, "The transcription server"),
    settings.ApiKey,
    time,
    "Check that the server has the model, and that base URL and path lead to its transcriptions.")
{
    protected override string Hint(ProviderFailure failure, VendorFault fault) =>
        fault is { Status: 400, Message: "Invalid request" } ? " It could not read the audio or a setting; its log says why." : base.Hint(failure, fault);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.OpenAIAudio;

namespace Aico.Plugins.Whisper;

internal sealed record WhisperSettings : IValidatableObject
{
    [Description("The server's address: whisper.cpp http://127.0.0.1:8080, speaches http://127.0.0.1:8000, OpenAI https://api.openai.com/v1, Groq https://api.groq.com/openai/v1. \"/v1\" may be left out.")]
    [Url]
    public string BaseUrl { get; init; } = "http://127.0.0.1:8080";

    [Description("The model by the server's name. Empty: whisper.cpp's own, the only one that another server lists, gpt-transcribe at OpenAI, whisper-large-v3-turbo at Groq.")]
    public string Model { get; init; } = "";

    [Description("The language where a call names none, as a BCP 47 tag. Empty: the model finds out, which costs time and may go wrong on short utterances.")]
    public string Language { get; init; } = "";

    [Description("Words in the style of what is said, such as names and their spelling; the call's own are added.")]
    public string Prompt { get; init; } = "";

    [Description("Randomness from 0 to 1; not sent where it is not set.")]
    [Range(0.0, 1.0)]
    public double? Temperature { get; init; }

    [Description("Asks for the times of words where the model has them. OpenAI needs some time for it.")]
    public bool WordTimes { get; init; } = true;

    [Description("Probability from which on a stretch counts as no speech, so that its text, which is made up, is left out; 1 keeps everything. Needs a model that tells it.")]
    [Range(0.0, 1.0)]
    public double NoSpeechThreshold { get; init; } = 0.6;

    [Description("The server's way, where the question does not find it out.")]
    public WhisperDialect Dialect { get; init; } = WhisperDialect.Auto;

    [Description("The path below the base URL that utterances are sent to, such as /asr/v1/audio/transcriptions. Empty: the dialect's own.")]
    [RegularExpression("(/.*)?", ErrorMessage = "The path must begin with \"/\".")]
    public string Path { get; init; } = "";

    [Description("How much an answer tells. Auto: everything, but for models that are known to tell the text alone.")]
    public WhisperFormat ResponseFormat { get; init; } = WhisperFormat.Auto;

    [Description("The API key; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AudioHosts.CheckKey(BaseUrl, ApiKey, nameof(ApiKey));
}

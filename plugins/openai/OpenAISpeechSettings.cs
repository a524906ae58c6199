using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.OpenAIAudio;

namespace Aico.Plugins.OpenAI;

internal sealed record OpenAISpeechSettings : IValidatableObject
{
    [Description("The address up to and with the version: OpenAI https://api.openai.com/v1, Kokoro http://127.0.0.1:8880/v1, speaches http://127.0.0.1:8000/v1, Groq https://api.groq.com/openai/v1.")]
    [Url]
    public string BaseUrl { get; init; } = "https://api.openai.com/v1";

    [Description("The model. OpenAI stops gpt-4o-mini-tts, tts-1 and tts-1-hd on 2027-01-06 and has no other for this endpoint; servers of your own have theirs, such as kokoro.")]
    [MinLength(1)]
    public string Model { get; init; } = "gpt-4o-mini-tts";

    [Description("The voice: alloy, ash, ballad, coral, echo, fable, onyx, nova, sage, shimmer, verse, marin or cedar, or the id of a voice of your own (voice_…). Other servers have others, such as af_heart.")]
    [MinLength(1)]
    public string Voice { get; init; } = "alloy";

    [Description("How to speak, in words, such as \"calm and friendly\". Not sent to tts-1 and tts-1-hd, which refuse it.")]
    [MaxLength(4096)]
    public string Instructions { get; init; } = "";

    [Description("Speed of the speech; not sent where it is not set.")]
    [Range(0.25, 4.0)]
    public double? Speed { get; init; }

    [Description("The form of the audio. Pcm is 24 kHz; wav says its rate itself, for servers with another. Auto: pcm, but wav at Groq.")]
    public OpenAISpeechFormat Format { get; init; } = OpenAISpeechFormat.Auto;

    [Description("The organization that is billed, for keys that belong to several.")]
    public string Organization { get; init; } = "";

    [Description("The project that is billed, for keys that belong to several.")]
    public string Project { get; init; } = "";

    [Description("The key, from platform.openai.com/api-keys; a server of your own may need none.")]
    public Secret? ApiKey { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AudioHosts.CheckKey(BaseUrl, ApiKey, nameof(ApiKey));
}

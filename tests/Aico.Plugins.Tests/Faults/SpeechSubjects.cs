using Aico.Abstractions.Plugins;
using Aico.Plugins.Cartesia;
using Aico.Plugins.Deepgram;
using Aico.Plugins.ElevenLabs;
using Aico.Plugins.OpenAI;
using Aico.Plugins.Piper;
using Aico.Plugins.Vosk;
using Aico.Plugins.Whisper;
using Aico.Testing.Cartesia;
using Aico.Testing.Deepgram;
using Aico.Testing.ElevenLabs;
using Aico.Testing.OpenAI;
using Aico.Testing.Piper;
using Aico.Testing.Vosk;

namespace Aico.Plugins.Tests.Faults;

/// <summary>The providers of speech-to-text and text-to-speech of the matrix.</summary>
internal static class SpeechSubjects
{
    private static readonly Dictionary<int, string> DeepgramCloses = new() { [1008] = "DATA-0000", [1009] = "BIG-0000", [1011] = "NET-0000" };

    private static readonly SpeechTraits Nova = new()
    {
        IsSocket = true,
        IsResult = text => text.Contains("ten of", StringComparison.Ordinal),
        Refusal = Deepgram,
        ErrorHeader = "dg-error",
        Error = """{"type":"Error","description":"An internal error.","message":"An internal error.","variant":"INTERNAL"}""",
        CloseReasons = DeepgramCloses,
    };

    private static readonly SpeechTraits OpenAI = new()
    {
        Refusal = fault => fault.IsQuota
            ? """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"""
            : $$$"""{"error":{"message":"Refused with {{{fault.Code}}}.","type":"some_error","param":null,"code":null}}""",
        Error = """{"error":{"message":"The server is overloaded.","type":"server_error","code":"server_is_overloaded"}}""",
        TellsRate = true,
    };

    private static readonly SpeechTraits ElevenLabsSocket = new()
    {
        IsSocket = true,
        IsResult = text => text.Contains("\"audio\"", StringComparison.Ordinal),
        Refusal = ElevenLabs,
        Error = """{"message":"You have 0 credits remaining.","error":"quota_exceeded","code":1008}""",
        CloseReasons = new Dictionary<int, string> { [1008] = "A message is invalid.", [1009] = "Voice and model do not go together." },
    };

    private static readonly SpeechTraits Cartesia = new()
    {
        IsSocket = true,
        IsResult = text => text.Contains("\"chunk\"", StringComparison.Ordinal),
        Refusal = fault => fault.IsQuota
            ? """{"error_code":"quota_exceeded","title":"Quota exceeded","message":"The credit limit is reached.","request_id":"r"}"""
            : $$$"""{"error_code":"some_code","title":"Refused","message":"Refused with {{{fault.Code}}}.","request_id":"r"}""",
        Error = """{"type":"error","done":true,"status_code":402,"error_code":"quota_exceeded","title":"Quota exceeded","message":"The credit limit is reached.","request_id":"r"}""",
    };

    public static IReadOnlyList<FaultSubject> Hearing { get; } =
    [
        new SpeechSubject("deepgram nova", ProviderKind.SpeechToText, Nova, () => new FakeDeepgram(), (url, context) => Listener(url, "nova-3", context)),
        new SpeechSubject(
            "deepgram flux",
            ProviderKind.SpeechToText,
            Nova with { Error = """{"type":"Error","sequence_id":1,"code":"INTERNAL_SERVER_ERROR","description":"An internal error."}""" },
            () => new FakeDeepgram(),
            (url, context) => Listener(url, "flux-general-en", context)),
        new SpeechSubject("vosk", ProviderKind.SpeechToText, Nova with { Refusal = _ => "", ErrorHeader = null, Error = null, CloseReasons = new Dictionary<int, string>() }, () => new FakeVosk(), (url, context) =>
        {
            var address = new Uri(url);
            return new VoskSpeechToText(new VoskSettings { Host = address.Host, Port = address.Port, UseTls = address.Scheme == "https" }, context);
        }),
        new SpeechSubject("whisper", ProviderKind.SpeechToText, OpenAI with { Middle = 10, TellsRate = false }, () => new FakeOpenAIAudio(), (url, context) =>
            new WhisperSpeechToText(new WhisperSettings { BaseUrl = url, Model = "whisper-1", ApiKey = new(FakeOpenAIAudio.Key) }, context)),
    ];

    public static IReadOnlyList<FaultSubject> Speaking { get; } =
    [
        new SpeechSubject(
            "deepgram-tts",
            ProviderKind.TextToSpeech,
            new SpeechTraits { Refusal = Deepgram, Error = """{"err_code":"INTERNAL","err_msg":"An internal error."}""", TellsRate = true },
            () => new FakeDeepgram(),
            (url, context) => new DeepgramTextToSpeech(new DeepgramSpeechSettings { BaseUrl = url, ApiKey = new(FakeDeepgram.Key) }, context)),
        new SpeechSubject(
            "piper",
            ProviderKind.TextToSpeech,
            new SpeechTraits { Refusal = _ => "<html>Error</html>", Error = """{"error":"no voice"}""", TellsRate = true },
            () => new FakePiper(3),
            (url, context) => new PiperTextToSpeech(new PiperSettings { BaseUrl = url }, context)),
        new SpeechSubject("elevenlabs socket", ProviderKind.TextToSpeech, ElevenLabsSocket, () => new FakeElevenLabs(), (url, context) => Eleven(url, ElevenLabsTransport.Socket, context)),
        new SpeechSubject(
            "elevenlabs http",
            ProviderKind.TextToSpeech,
            new SpeechTraits { Refusal = ElevenLabs, Error = """{"detail":{"status":"system_busy","message":"Busy."}}""", TellsRate = true },
            () => new FakeElevenLabs(),
            (url, context) => Eleven(url, ElevenLabsTransport.Http, context)),
        new SpeechSubject("cartesia", ProviderKind.TextToSpeech, Cartesia, () => new FakeCartesia(), (url, context) =>
            new CartesiaTextToSpeech(new CartesiaSettings { BaseUrl = url, ApiKey = new(FakeCartesia.Key) }, context)),
        new SpeechSubject("openai-tts", ProviderKind.TextToSpeech, OpenAI, () => new FakeOpenAIAudio(), (url, context) =>
            new OpenAITextToSpeech(new OpenAISpeechSettings { BaseUrl = url + "/v1", ApiKey = new(FakeOpenAIAudio.Key) }, context)),
    ];

    private static DeepgramSpeechToText Listener(string url, string model, IProviderContext context) =>
        new(new DeepgramSettings { BaseUrl = url, Model = model, ApiKey = new(FakeDeepgram.Key) }, context);

    private static ElevenLabsTextToSpeech Eleven(string url, ElevenLabsTransport transport, IProviderContext context) =>
        new(new ElevenLabsSettings { BaseUrl = url, Transport = transport, ApiKey = new(FakeElevenLabs.Key) }, context);

    private static string Deepgram(Fault fault) => fault.IsQuota
        ? """{"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"The project has no credit.","request_id":"r"}"""
        : $$$"""{"err_code":"SOME_CODE","err_msg":"Refused with {{{fault.Code}}}.","request_id":"r"}""";

    private static string ElevenLabs(Fault fault) => fault.IsQuota
        ? """{"detail":{"status":"quota_exceeded","message":"You have 0 credits remaining."}}"""
        : $$$"""{"detail":{"status":"some_status","message":"Refused with {{{fault.Code}}}."}}""";
}

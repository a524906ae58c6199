using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Agents;

/// <summary>A combination of providers by one name, for --preset. Flags stand above it, the environment below.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Stt">Its speech-to-text provider.</param>
/// <param name="Tts">Its text-to-speech provider; null: that of the language.</param>
/// <param name="Llm">Its language model; null: as the environment says.</param>
internal sealed record AgentPreset(string Name, string Stt, string? Tts, string? Llm)
{
    public static IReadOnlyList<AgentPreset> All { get; } =
    [
        new("local", "moonshine", null, null),
        new("vosk-piper", "vosk", "piper", null),
        new("deepgram-piper", "deepgram", "piper", null),
        new("deepgram-elevenlabs", "deepgram", "elevenlabs", null),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>The request with what it leaves open filled in.</summary>
    /// <exception cref="CliException">There is no such preset, or a provider of it comes with no loaded plugin.</exception>
    public static AgentRequest Over(AgentRequest request, IReadOnlyList<ProviderDefinition> definitions)
    {
        if (request.Preset is not { } name)
        {
            return request;
        }

        if (All.FirstOrDefault(preset => preset.Name == name) is not { } preset)
        {
            var nearest = NearestName.Of(name, Names);
            throw new CliException($"--preset: there is no \"{name}\"{(nearest is null ? $"; there are {string.Join(", ", Names)}." : $"; did you mean \"{nearest}\"?")}");
        }

        var filled = request with { Stt = request.Stt ?? preset.Stt, Tts = request.Tts ?? preset.Tts, Llm = request.Llm ?? preset.Llm };
        foreach (var (kind, key, typed) in new[]
        {
            (ProviderKind.SpeechToText, filled.Stt, request.Stt), (ProviderKind.TextToSpeech, filled.Tts, request.Tts), (ProviderKind.LanguageModel, filled.Llm, request.Llm),
        })
        {
            if (key is not null && typed is null && !definitions.Any(definition => definition.Kind == kind && definition.Key == key))
            {
                var code = ProviderKinds.Code(kind);
                throw new CliException(
                    $"--preset {name}: no loaded plugin brings the {code} provider \"{key}\". Put its plugin into plugins/, or name another one with --{code}; \"aico providers list --type {code}\" shows what there is.");
            }
        }

        return filled;
    }
}

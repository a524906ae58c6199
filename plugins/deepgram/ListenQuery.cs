using System.Globalization;
using Aico.Abstractions.SpeechToText;

namespace Aico.Plugins.Deepgram;

/// <summary>The query of a listening socket, in Deepgram's words.</summary>
internal static class ListenQuery
{
    public static bool IsFlux(DeepgramSettings settings) => settings.Model.StartsWith("flux-", StringComparison.OrdinalIgnoreCase);

    public static List<(string Name, string Value)> For(DeepgramSettings settings, SpeechToTextRequest request)
    {
        List<(string, string)> query = [("model", settings.Model), ("encoding", "linear16"), ("sample_rate", Number(request.Format.SampleRate))];
        if (settings.OptOutOfModelImprovement)
        {
            query.Add(("mip_opt_out", "true"));
        }

        if (IsFlux(settings))
        {
            AddFlux(query, settings, request);
        }
        else
        {
            AddNova(query, settings, request);
        }

        // Models before nova-3 refuse key terms, and nova-3 refuses keywords.
        var name = IsFlux(settings) || settings.Model.StartsWith("nova-3", StringComparison.OrdinalIgnoreCase) ? "keyterm" : "keywords";
        query.AddRange(settings.Keyterms.Concat(request.Keyterms).Distinct().Select(term => (name, term)));
        return query;
    }

    private static void AddNova(List<(string, string)> query, DeepgramSettings settings, SpeechToTextRequest request)
    {
        query.Add(("language", request.Language ?? settings.Language));
        query.Add(("channels", "1"));
        query.Add(("interim_results", settings.InterimResults ? "true" : "false"));
        query.Add(("endpointing", settings.EndpointingMs > 0 ? Number(settings.EndpointingMs) : "false"));
        if (settings.UtteranceEndMs > 0 && settings.InterimResults)
        {
            query.Add(("utterance_end_ms", Number(settings.UtteranceEndMs)));
        }

        (string Name, bool Value)[] options =
        [
            ("vad_events", settings.VadEvents), ("punctuate", settings.Punctuate), ("smart_format", settings.SmartFormat),
            ("numerals", settings.Numerals), ("profanity_filter", settings.ProfanityFilter), ("filler_words", settings.FillerWords),
        ];
        query.AddRange(options.Where(option => option.Value).Select(option => (option.Name, "true")));
    }

    private static void AddFlux(List<(string, string)> query, DeepgramSettings settings, SpeechToTextRequest request)
    {
        query.Add(("eot_threshold", Number(settings.EndOfTurnThreshold)));
        query.Add(("eot_timeout_ms", Number(settings.EndOfTurnTimeoutMs)));
        if (settings.EagerEndOfTurnThreshold is { } eager)
        {
            query.Add(("eager_eot_threshold", Number(eager)));
        }

        if (settings.Model.EndsWith("-multi", StringComparison.OrdinalIgnoreCase))
        {
            var hints = settings.LanguageHints.Count > 0 || request.Language is null or "multi" ? settings.LanguageHints : [request.Language.Split('-')[0]];
            query.AddRange(hints.Select(hint => ("language_hint", hint)));
        }
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

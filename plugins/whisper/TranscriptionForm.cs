using System.Globalization;
using System.Net.Http.Headers;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Plugins.Whisper;

/// <summary>An utterance and what is asked of it, as a form. Names are quoted and the boundary is not, as browsers and curl write them.</summary>
internal static class TranscriptionForm
{
    public static MultipartFormDataContent Of(AudioFrame utterance, SpeechToTextRequest request, WhisperSettings settings, WhisperDialect dialect, string model)
    {
        var form = new MultipartFormDataContent();
        var boundary = form.Headers.ContentType!.Parameters.Single(parameter => parameter.Name == "boundary");
        boundary.Value = boundary.Value!.Trim('"');
        var file = new ByteArrayContent(WavFile.Of(utterance));
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        // Vendors take the kind of audio from the name's ending.
        Add(form, file, "file", "; filename=\"utterance.wav\"");
        foreach (var (name, value) in Fields(request, settings, dialect, model))
        {
            var field = new StringContent(value);
            field.Headers.ContentType = null;
            Add(form, field, name, "");
        }

        return form;
    }

    private static IEnumerable<(string Name, string Value)> Fields(
        SpeechToTextRequest request, WhisperSettings settings, WhisperDialect dialect, string model)
    {
        var isWhisperCpp = dialect == WhisperDialect.WhisperCpp;
        var isVerbose = settings.ResponseFormat == WhisperFormat.VerboseJson
            || (settings.ResponseFormat == WhisperFormat.Auto && (isWhisperCpp || WhisperModels.TellsSegments(model)));
        if (model.Length > 0 && !isWhisperCpp)
        {
            yield return ("model", model);
        }

        yield return ("response_format", isVerbose ? "verbose_json" : "json");
        if (isVerbose && isWhisperCpp)
        {
            // Else it reads the utterance a second time to say which languages it was not.
            yield return ("no_language_probabilities", "true");
        }
        else if (isVerbose && settings.WordTimes)
        {
            // Words alone would leave the segments out, and with them the probability that nobody spoke.
            yield return ("timestamp_granularities[]", "segment");
            yield return ("timestamp_granularities[]", "word");
        }

        var language = WhisperLanguages.CodeOf(request.Language is { Length: > 0 } asked ? asked : settings.Language);
        if (language.Length > 0 || isWhisperCpp)
        {
            // whisper.cpp takes English for granted.
            yield return ("language", language.Length > 0 ? language : "auto");
        }

        var hasKeywords = !isWhisperCpp && WhisperModels.TakesKeywords(model);
        foreach (var term in hasKeywords ? request.Keyterms : [])
        {
            yield return ("keywords[]", term);
        }

        var prompt = string.Join(' ', new[] { settings.Prompt, hasKeywords ? "" : string.Join(", ", request.Keyterms) }.Where(part => part.Length > 0));
        if (prompt.Length > 0)
        {
            yield return ("prompt", prompt);
        }

        if (settings.Temperature is { } temperature)
        {
            yield return ("temperature", temperature.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Add(MultipartFormDataContent form, HttpContent content, string name, string more)
    {
        content.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse($"form-data; name=\"{name}\"{more}");
        form.Add(content);
    }
}

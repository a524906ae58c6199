using Aico.Abstractions.Audio;
using Aico.Host.Audio;

namespace Aico.Host.Cli.Talk;

/// <summary>Brings audio files into the form that a caller is heard in.</summary>
internal static class CallerAudio
{
    /// <exception cref="CliException">There is no such file, or it is no WAV that can be read.</exception>
    public static CallerLine.Spoken Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(Directory.Exists(path) ? $"--in {path}: this is a folder; name a WAV file." : $"--in {path}: there is no such file.");
        }

        try
        {
            var audio = WavReader.Read(path);
            if (audio.Samples.Length == 0)
            {
                throw new CliException($"--in {path}: the file holds no audio.");
            }

            return new CallerLine.Spoken(path, Resample(audio.Samples, audio.SampleRate, AudioFormat.Speech.SampleRate));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--in {path}: {e.Message}");
        }
    }

    /// <summary>Changes the rate of a whole piece of mono audio.</summary>
    public static short[] Resample(ReadOnlySpan<short> samples, int from, int to)
    {
        var resampler = new Resampler(from, to);
        var output = new short[resampler.MaximumOutput(samples.Length) + resampler.MaximumFlushOutput];
        var written = resampler.Process(samples, output);
        written += resampler.Flush(output.AsSpan(written));
        return output[..written];
    }
}

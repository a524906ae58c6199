using Aico.Host.Audio;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Cli.Bench;

/// <summary>Human speech with transcripts, from Debian's pocketsphinx-testdata where it is installed.</summary>
internal static class BenchSpeech
{
    public const string Package = "pocketsphinx-testdata";

    private const string Folder = "/usr/share/pocketsphinx/test/data";

    /// <summary>Ten clips of one to seven seconds, or none where the package is not installed.</summary>
    public static IReadOnlyList<BenchClip> Human()
    {
        var clips = new List<BenchClip>();
        foreach (var (folder, transcripts) in new[] { ("librivox", "transcription"), ("cards", "cards.transcription") })
        {
            var path = Path.Combine(Folder, folder, transcripts);
            if (!File.Exists(path))
            {
                continue;
            }

            foreach (var line in File.ReadLines(path))
            {
                var open = line.LastIndexOf('(');
                var close = line.LastIndexOf(')');
                if (open < 0 || close < open)
                {
                    continue;
                }

                var text = line[..open].Replace("<s>", "", StringComparison.Ordinal).Replace("</s>", "", StringComparison.Ordinal).Trim();
                var wav = Path.Combine(Folder, folder, $"{line[(open + 1)..close]}.wav");
                clips.Add(new BenchClip(Path.GetFileName(wav), text, CallerAudio.Read(wav).Samples));
            }
        }

        return clips;
    }
}

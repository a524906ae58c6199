namespace Aico.Host.Tests.EndToEnd;

/// <summary>Five sentences of a novel, read aloud by a person, from Debian's pocketsphinx-testdata.</summary>
internal static class LibrivoxClips
{
    private const string Folder = "/usr/share/pocketsphinx/test/data/librivox";

    public static IReadOnlyList<(string Path, string Text)> All { get; } = Load();

    private static List<(string, string)> Load()
    {
        var transcription = Path.Combine(Folder, "transcription");
        if (!File.Exists(transcription))
        {
            throw new FileNotFoundException($"{transcription} is missing: apt-get install pocketsphinx-testdata brings it, and these tests mean nothing without it.");
        }

        // A line is "<s> the words </s> (the-file)".
        return [.. File.ReadLines(transcription).Select(line =>
        {
            var text = line[..line.IndexOf("</s>", StringComparison.Ordinal)].Replace("<s>", "", StringComparison.Ordinal).Trim();
            return (Path.Combine(Folder, line[(line.LastIndexOf('(') + 1)..line.LastIndexOf(')')] + ".wav"), text);
        })];
    }
}

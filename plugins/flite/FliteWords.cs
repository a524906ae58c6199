using System.Runtime.InteropServices;

namespace Aico.Plugins.Flite;

/// <summary>Reads from an utterance under synthesis when each of its words is spoken.</summary>
internal static unsafe class FliteWords
{
    public static List<FliteWord> Read(FliteLibrary library, nint utterance, EnglishText text)
    {
        var words = new List<FliteWord>();
        fixed (byte* token = "Token"u8)
        fixed (byte* name = "name"u8)
        fixed (byte* opening = "prepunctuation"u8)
        fixed (byte* start = "R:Token.daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"u8)
        fixed (byte* end = "R:Token.daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"u8)
        {
            var position = 0;
            for (var item = library.Head(library.Relation(utterance, token)); item != 0; item = library.Next(item))
            {
                var word = Text(library.TextFeature(item, opening)) + Text(library.TextFeature(item, name));
                var index = text.Ascii.IndexOf(word, position, StringComparison.Ordinal);
                var endSeconds = library.FloatFeature(item, end);
                // A token without sound, such as a dash, has no segments: its text stays with the word before it.
                if (index >= 0 && endSeconds > 0)
                {
                    var from = TimeSpan.FromSeconds(library.FloatFeature(item, start));
                    words.Add(new FliteWord(text.OriginalIndex(index), from, TimeSpan.FromSeconds(endSeconds)));
                }

                position = index < 0 ? position : index + word.Length;
            }
        }

        return words;
    }

    private static string Text(byte* value) => Marshal.PtrToStringUTF8((nint)value) ?? "";
}

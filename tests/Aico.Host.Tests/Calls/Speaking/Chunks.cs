namespace Aico.Host.Tests.Calls.Speaking;

/// <summary>Text cut the way a language model streams it, and worse: pieces of 0 to 7 characters.</summary>
internal static class Chunks
{
    public static IEnumerable<string> Of(string text, Random random)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = Math.Min(random.Next(0, 8), text.Length - i);
            yield return text.Substring(i, length);
            i += length;
        }
    }
}

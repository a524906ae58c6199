namespace Aico.Host.Calls.Speaking;

/// <summary>Text that has come and is not done with. It grows to what is held at once and is then reused for every answer.</summary>
internal sealed class TextBuffer
{
    private char[] chars = new char[512];
    private int start;
    private int end;

    public int Length => end - start;

    public Span<char> Span => chars.AsSpan(start, Length);

    public TextWindow Window(bool complete) => new(Span, complete);

    public void Append(string delta)
    {
        if (end + delta.Length > chars.Length)
        {
            var kept = Length;
            var target = kept + delta.Length > chars.Length ? new char[Math.Max(chars.Length * 2, kept + delta.Length)] : chars;
            Array.Copy(chars, start, target, 0, kept);
            (chars, start, end) = (target, 0, kept);
        }

        delta.CopyTo(0, chars, end, delta.Length);
        end += delta.Length;
    }

    public void Drop(int length) => start += length;

    public void Clear() => start = end = 0;
}

using Aico.Host.Calls.Speaking;
using BenchmarkDotNet.Attributes;

namespace Aico.Benchmarks;

/// <summary>One answer of 500 characters, as a language model streams it: about 110 deltas of four or five characters.</summary>
[MemoryDiagnoser]
public class SpeakingBenchmarks
{
    private const string Plain = """
        Of course, I can help you with that, but let me look at your order first. It was shipped on Jan. 5 from our store in St. Louis, and it should arrive at 7 p.m. today. Dr. Smith signed for the first parcel, which cost $1,049.50 in total. Is there anything else that I can do for you? If not, I would like to ask you one question about our service. How did you like the delivery so far? You can answer with a number from one to five, where five is the best. Thank you very much for your time, and goodbye!
        """;

    private const string Markdown = """
        **Of course**, I can help you with that, but let me look at [your order](https://example.com/orders/1) first.
        - It was *shipped* on Jan. 5 from our store in `St. Louis`, and it should arrive at 7 p.m. today.
        - Dr. Smith signed for the **first** parcel, which cost $1,049.50 in total. 😀
        ## More
        Is there anything else? See https://www.example.com/help/topics?id=5 for more, or ask AICO about the SQL Server. Thank you very much for your time, and **goodbye**!
        """;

    private static readonly Dictionary<string, string> Replacements = new() { ["AICO"] = "eye co", ["SQL Server"] = "sequel server", ["API"] = "A P I" };

    private readonly SentenceSplitter splitter = new("en");
    private readonly SpeechTextTransform transform = new(Replacements);
    private readonly List<string> ready = [];
    private readonly string[] plain = Deltas(Plain);
    private readonly string[] markdown = Deltas(Markdown);

    [Benchmark]
    public int Split_into_sentences()
    {
        ready.Clear();
        foreach (var delta in plain)
        {
            splitter.Push(delta, ready);
        }

        splitter.Complete(ready);
        return ready.Count;
    }

    [Benchmark]
    public int Transform_plain_text() => Transform(plain);

    [Benchmark]
    public int Transform_markdown() => Transform(markdown);

    private int Transform(string[] deltas)
    {
        var length = 0;
        foreach (var delta in deltas)
        {
            length += transform.Push(delta).Length;
        }

        return length + transform.Complete().Length;
    }

    private static string[] Deltas(string text) => [.. text.Chunk(9).SelectMany(nine => new[] { new string(nine.AsSpan(0, nine.Length / 2)), new string(nine.AsSpan(nine.Length / 2)) })];
}

using Aico.Testing.Http;

namespace Aico.Plugins.Tests.Faults;

/// <summary>What the matrix must know of a vendor of language models.</summary>
internal sealed record ModelTraits
{
    /// <summary>A whole answer of several pieces.</summary>
    public required LocalResponse Answer { get; init; }

    /// <summary>An answer that ends well without a word.</summary>
    public required LocalResponse Nothing { get; init; }

    /// <summary>A stream that tells of an error.</summary>
    public required LocalResponse Error { get; init; }

    /// <summary>A stream with a piece of 10 MB.</summary>
    public LocalResponse Huge { get; } = LocalResponse.Events($$"""{"pad":"{{new string('a', Fault.HugeBytes)}}"}""");

    /// <summary>The body of a refusal, of a used-up quota where asked.</summary>
    public required Func<Fault, string> Refusal { get; init; }
}

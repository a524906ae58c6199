using Aico.Architecture.Tests.Contract.Sample;

namespace Aico.Architecture.Tests.Contract;

/// <summary>Shows that the text tells apart what a plugin's author would notice: a change the text hides could not be refused.</summary>
public class ContractSurfaceTextTests
{
    [Test]
    public void Shows_everything_that_a_caller_depends_on()
    {
        var text = ContractSurface.Of([typeof(ISampleContract<,>), typeof(SampleRecord), typeof(SampleKind)]);

        text.Should().Be("""

            Aico.Architecture.Tests.Contract.Sample: interface ISampleContract<in TIn, out TOut> : IDisposable where TIn : class, new()
                Action<string?>? Callback { get; }
                Dictionary<string, string?>[]? Find(string? name, int limit = 5, CancellationToken ct = default)
                T Get<T>(out int count) where T : struct
                event EventHandler? Changed
                virtual void Reset()

            Aico.Architecture.Tests.Contract.Sample: enum SampleKind : int
                First = 1
                Second = 2

            Aico.Architecture.Tests.Contract.Sample: abstract record SampleRecord
                abstract bool IsReady { get; }
                const int Limit = 7
                int Number { get; init; }
                int? Optional { get; set; }
                override string ToString()
                protected SampleRecord(int Number, string Text = "a")
                protected void Inherited()
                required string Name { get; init; }
                static int Default { get; }
                static readonly SampleRecord? None
                string Text { get; init; }

            """.ReplaceLineEndings("\n"));
    }
}

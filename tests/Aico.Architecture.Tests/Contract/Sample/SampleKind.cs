namespace Aico.Architecture.Tests.Contract.Sample;

public enum SampleKind
{
    First = 1,
    Second = 2,
}

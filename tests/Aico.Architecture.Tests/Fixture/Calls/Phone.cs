namespace Aico.Architecture.Tests.Fixture.Calls;

internal sealed class Phone
{
    public static int Count { get; set; }

    public static Phone Find() => new();

    public int Dial() => ++Count;
}

namespace Aico.Architecture.Tests.Contract.Sample;

public abstract record SampleRecord(int Number, string Text = "a")
{
    public const int Limit = 7;

    public static readonly SampleRecord? None;

    public static int Default => 1;

    public required string Name { get; init; }

    public int? Optional { get; set; }

    public abstract bool IsReady { get; }

    public override string ToString() => Name;

    protected void Inherited() => Optional = Number;

    internal void Hidden() => Optional = null;
}

namespace Aico.Architecture.Tests.Modules;

internal sealed record ModuleViolation(string From, string To, string Member, string Used)
{
    public override string ToString() => To.Length == 0
        ? $"{From} is no module of the table: {Member}"
        : $"{From} -> {To} is not allowed: {Member} uses {Used}";
}

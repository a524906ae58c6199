namespace Aico.Architecture.Tests.Fixture.Stray;

/// <summary>Lies in a module that the fixture's table does not name.</summary>
internal sealed class Orphan;

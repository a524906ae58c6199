namespace Aico.Architecture.Tests.Fixture.Storage;

/// <summary>Breaks the fixture's table in its declaration.</summary>
internal sealed class PhoneBook : Calls.IPhone;

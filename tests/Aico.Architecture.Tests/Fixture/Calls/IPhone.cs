namespace Aico.Architecture.Tests.Fixture.Calls;

internal interface IPhone;

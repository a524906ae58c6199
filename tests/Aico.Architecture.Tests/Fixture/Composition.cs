using Aico.Architecture.Tests.Fixture.Calls;
using Aico.Architecture.Tests.Fixture.Storage;

namespace Aico.Architecture.Tests.Fixture;

/// <summary>Stands in the root: may use every module.</summary>
internal static class Composition
{
    public static int Compose() => Phone.Find().Dial() + new Ledger().Inside();
}

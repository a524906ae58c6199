using Aico.Testing;

namespace Aico.Architecture.Tests;

public class SkeletonTests
{
    [Test]
    public void Finds_the_repository() => File.Exists(Path.Combine(TestPaths.Repository, "Aico.sln")).Should().BeTrue();
}
